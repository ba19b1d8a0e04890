//! Journey 9, the lead agency's part: a server abuses, and is barred for all agencies.

use belfry_test_support::Browser;
use belfry_test_support::browser::Tab;
use belfry_test_support::wait::until;
use serde_json::{Value, json};

use crate::people::{accept_invitation, sign_in, somebody};
use crate::running::{Running, Services};

/// The lead agency bars a server, by the form.
async fn bar(running: &Running, lead: &Tab, server: &str) {
    lead.goto(&running.shared("/console/baseline")).await;
    lead.fill("Server", server).await;
    lead.press("Suspended").await;
    lead.fill("Public comment", "Threats against staff").await;
    lead.fill("Reason", "Complaint 12").await;
    let done = lead.follow("Save the rule").await;
    assert_eq!(done.status, 200, "{}", lead.text().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn journey_09_the_lead_bars_a_server_for_all() {
    let Some(browser) = Browser::start().await else { return };
    let running = Running::start(Services::Embedded).await;
    running.tenant("interior").await;
    let made = running.tenant("water").await;
    let lead = browser.tab().await;
    somebody(&running, &lead, "interior", "lead", "Lea").await;
    let remote = running.remote();
    let alice = remote.actor("alice");
    let host = running.at("water", "").replace("http://", "");
    let water = alice.find(&format!("water@{host}")).await.unwrap();
    alice.follow(&water).await.unwrap();
    until("the follow is accepted", async || remote.activities("Accept").len() == 1).await;
    let token = running.token("water", "water").await;
    let post = running.post("water", &token, &json!({ "status": "The dike is safe." })).await;
    let page = running.at("water", &format!("/@water/{}", post["id"].as_str().unwrap()));
    until("the post is there", async || remote.activities("Create").len() == 1).await;
    let uri = post["uri"].as_str().unwrap();
    alice.reply("You will drown, all of you", uri, &water).await.unwrap();
    let citizen = browser.tab().await;
    let read = async || {
        citizen.goto(&page).await;
        citizen.text().await
    };
    until("the reply is to be read", async || read().await.contains("You will drown")).await;

    let server = remote.host().split(':').next().unwrap().to_owned();
    bar(&running, &lead, &server).await;
    until("the reply is gone", async || !read().await.contains("You will drown")).await;
    let heard = remote.received().len();
    let refused = alice.reply("More of it", uri, &water).await.unwrap();
    running.post("water", &token, &json!({ "status": "The dike is being watched." })).await;
    until("the post has gone where it goes", async || {
        let posts = running.at("water", "/@water");
        running.read(&posts, "text/html").await.1.contains("being watched")
    })
    .await;
    assert!(matches!(refused.status, 202 | 401 | 403), "{refused:?}");
    assert!(!read().await.contains("More of it"));
    assert!(remote.received().len() == heard, "nothing is sent to who is barred");

    // The agency's own people can't undo it: the console is no door of theirs, nor is the API.
    let owner = browser.tab().await;
    accept_invitation(&owner, &made["invitation"], "Olga").await;
    sign_in(&owner, &running.at("water", "/auth/sign_in"), "owner@water.example").await;
    owner.goto(&running.shared("/console/baseline")).await;
    let text = owner.text().await;
    assert!(!text.contains(&server) && text.contains("Sign in"), "{text}");

    // What was decided is on record, with who and why, and for other platforms to read.
    lead.goto(&running.shared("/console/audit")).await;
    let record = lead.text().await;
    assert!(record.contains("Complaint 12") && record.contains("Lea"), "{record}");
    let listed = running.told(&["baseline", "domains", "list"]).await;
    let rule = &listed["rules"][0];
    assert_eq!((&rule["domain"], &rule["public_comment"]), (&json!(server), &json!("Threats against staff")));

    // Lifted, what was hidden is there again: nothing was deleted.
    lead.goto(&running.shared("/console/baseline")).await;
    lead.follow("Lift").await;
    until("the reply is back", async || read().await.contains("You will drown")).await;
    let listed = running.told(&["baseline", "domains", "list"]).await;
    assert_eq!(listed["rules"], Value::Array(Vec::new()));
}
