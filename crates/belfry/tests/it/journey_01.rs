//! Journey 1: the lead agency onboards a ministry, and a stranger follows it.

use std::time::{Duration, Instant};

use belfry_test_support::Browser;
use belfry_test_support::wait::until;
use serde_json::{Value, json};

use crate::people::{OWNER, accept_invitation, onboard_finance, sign_in, somebody};
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
