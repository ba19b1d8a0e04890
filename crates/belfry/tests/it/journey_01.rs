//! Journey 1: the lead agency onboards a ministry, and a stranger follows it.

use std::time::{Duration, Instant};

use belfry_test_support::Browser;
use belfry_test_support::wait::until;
use serde_json::{Value, json};

use crate::people::{accept_invitation, sign_in, somebody};
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

    // The process that serves is not told, nor started again.
    let began = Instant::now();
    let made = running.tenant("ministry").await;
    lead.goto(&running.shared("/console/agencies")).await;
    lead.follow("Ministry of ministry").await;
    let text = lead.text().await;
    assert!(text.contains("ministry.social.localhost") && text.contains("Live"), "{text}");

    let owner = browser.tab().await;
    accept_invitation(&owner, &made["invitation"], "Olga").await;
    sign_in(&owner, &running.at("ministry", "/admin"), "owner@ministry.example").await;
    let handle = format!("ministry@{}", made["host"].as_str().unwrap());
    assert!(owner.text().await.contains(&format!("@{handle}")), "{}", owner.text().await);

    let stranger = running.remote().actor("alice");
    let ministry = stranger.find(&handle).await.unwrap();
    stranger.follow(&ministry).await.unwrap();
    until("the follow is accepted", async || running.remote().activities("Accept").len() == 1).await;
    let token = running.token("ministry", "ministry").await;
    running
        .post("ministry", &token, &json!({ "status": "Good morning. From today you find us here." }))
        .await;
    until("the post is there", async || running.remote().activities("Create").len() == 1).await;
    assert!(began.elapsed() < BOUND, "it took {:?}", began.elapsed());

    let create = running.remote().activities("Create").remove(0);
    assert_eq!(create["actor"], Value::from(ministry.id));
    assert!(create["object"]["content"].as_str().unwrap().contains("From today you find us here"));
}
