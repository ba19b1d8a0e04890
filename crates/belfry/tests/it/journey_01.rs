//! Journey 1: the lead agency onboards a ministry, and a stranger follows it.

use std::time::{Duration, Instant};

use belfry_test_support::Browser;
use belfry_test_support::browser::Tab;
use belfry_test_support::wait::until;
use serde_json::{Value, json};

use crate::people::{OWNER, accept_invitation, ask_for_a_place, onboard_finance, sign_in, somebody};
use crate::running::{Running, Services};

/// What the lead agency is promised: from the first click to the first post elsewhere.
const BOUND: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn journey_01_the_lead_onboards_a_ministry() {
    let Some(browser) = Browser::start().await else { return };
    let running = Running::start(Services::Full).await;
    running.tenant("interior").await;
    let lead = browser.tab().await;
    somebody(&running, &lead, "interior", "lead", "Lea").await;

    // The process that serves is not started again.
    let began = Instant::now();
    let invitation = onboard_finance(&running, &lead).await;
    let owner = browser.tab().await;
    accept_invitation(&owner, &invitation, "Olga").await;
    sign_in(&owner, &running.at("finance", "/admin"), OWNER).await;
    let text = owner.text().await;
    assert!(text.contains("Ministry of Finance"), "{text}");

    let stranger = running.remote().actor("alice");
    let handle = running.shared("").replace("http://", "ministry@");
    let ministry = stranger.find(&handle).await.unwrap();
    assert!(ministry.id.starts_with(&running.at("finance", "/")), "{ministry:?}");
    stranger.follow(&ministry).await.unwrap();
    until("the follow is accepted", async || running.remote().activities("Accept").len() == 1).await;
    let token = running.token("finance", "finance").await;
    running.post("finance", &token, &json!({ "status": "Good morning. From today you find us here." })).await;
    until("the post is there", async || running.remote().activities("Create").len() == 1).await;
    assert!(began.elapsed() < BOUND, "it took {:?}", began.elapsed());

    let create = running.remote().activities("Create").remove(0);
    assert_eq!(create["actor"], Value::from(ministry.id));
    assert!(create["object"]["content"].as_str().unwrap().contains("From today you find us here"));
}

/// What stands after a word in the newest letter that says something; the mailbox of a platform without a mail server.
async fn mailed(running: &Running, lead: &Tab, said: &str, word: &str) -> String {
    lead.goto(&running.shared("/console/mailbox")).await;
    let text = lead.text().await;
    let letter = text.split(said).nth(1).unwrap_or_else(|| panic!("no letter says {said} in {text}"));
    let (_, rest) = letter.split_once(word).unwrap_or_else(|| panic!("no {word} in {letter}"));
    rest.split_whitespace().next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn journey_01_a_body_asks_and_is_admitted_by_agreement() {
    let Some(browser) = Browser::start().await else { return };
    let running = Running::start(Services::Embedded).await;
    running.tenant("interior").await;
    let lead = browser.tab().await;
    somebody(&running, &lead, "interior", "lead", "Lea").await;
    let applicant = browser.tab().await;
    ask_for_a_place(&running, &applicant).await;

    lead.goto(&running.shared("/console")).await;
    lead.follow("1 request waits for you").await;
    lead.follow("Museum of Modern Art").await;
    lead.fill("Question", "Who answers at night?").await;
    lead.follow("Send the question").await;

    let number = mailed(&running, &lead, "a question about your request", "").await;
    let code = mailed(&running, &lead, "Its number is", "Code: ").await;
    applicant.goto(&running.shared("/join/status")).await;
    applicant.fill("Number of the request", &number).await;
    applicant.fill("Code", &code).await;
    applicant.follow("Show the request").await;
    applicant.fill("Answer", "The porter.").await;
    applicant.follow("Send the answer").await;

    lead.goto(&running.shared(&format!("/console/requests/{number}"))).await;
    assert!(lead.text().await.contains("The porter."));
    lead.press("Public").await;
    lead.press("A plan of its own").await;
    lead.fill("Accounts", "3").await;
    lead.fill("Signed by", "Ada of the Museum").await;
    let approved = lead.follow("Approve and make the place").await;
    let text = lead.text().await;
    assert!(approved.status == 200 && text.contains("Approved"), "{text}");

    let invitation = json!({
        "invitation_url": running.at("art", "/invitation"),
        "email": "ada@art.example",
        "code": mailed(&running, &lead, "invites you to work at Museum of Modern Art", "Code: ").await,
    });
    accept_invitation(&applicant, &invitation, "Ada").await;
    sign_in(&applicant, &running.at("art", "/admin"), "ada@art.example").await;
    assert!(applicant.text().await.contains("Museum of Modern Art"));
    assert_eq!(running.told(&["quota", "show", "art"]).await["quota"]["accounts"], 3);
    lead.goto(&running.shared("/console/agencies/art/agreement")).await;
    assert!(lead.text().await.contains("Ada of the Museum"));
}
