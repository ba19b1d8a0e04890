//! What a phase or a rule bars is not sent, is counted, and leaves nothing that is tried again.

use belfry_test_support::until;

use crate::stage::{Setting, Stage};

const INBOXES: usize = 7;

#[tokio::test(flavor = "multi_thread")]
async fn a_pilot_sends_to_listed_servers_only_and_the_ledger_says_so() {
    let stage = Stage::new(Setting::embedded()).await;
    stage.followed_by(INBOXES).await;
    stage.sql("UPDATE registry.tenant SET phase = 'pilot'").await;
    let worker = stage.start().await;
    let post = stage.post("to nobody").await;
    until("it is walked", async || stage.ledger(post).await.is_complete()).await;
    let ledger = stage.ledger(post).await;
    assert_eq!((ledger.published, ledger.barred), (0, INBOXES as u64));
    assert!(stage.taken("to nobody").is_empty());
    assert!(stage.is_quiet().await, "nothing is kept for later");
    worker.stop().await;

    let host = stage.sink.host().to_owned();
    stage.sql(&format!("INSERT INTO registry.tenant_peer SELECT id, '{host}' FROM registry.tenant")).await;
    let worker = stage.start().await;
    let post = stage.post("to the listed one").await;
    stage.settled(post).await;
    let ledger = stage.ledger(post).await;
    assert_eq!((ledger.taken, ledger.barred), (INBOXES as u64, 0));
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_server_that_is_barred_meanwhile_ends_and_can_be_replayed() {
    let stage = Stage::new(Setting::embedded()).await;
    stage.followed_by(INBOXES).await;
    for number in 0..INBOXES {
        let inbox = format!("/users/f{number}/inbox");
        stage.sink.behave(&inbox, belfry_test_support::remote::Behaviour::Status(500));
    }
    let worker = stage.start().await;
    let post = stage.post("on its way").await;
    until("all wait", async || stage.ledger(post).await.waiting() == INBOXES as u64).await;
    worker.stop().await;
    let name = stage.sink.host().split(':').next().unwrap().to_owned();
    stage
        .sql(&format!("INSERT INTO registry.domain_rule (domain, severity) VALUES ('{name}', 'suspend')"))
        .await;
    stage.make_all_due().await;
    stage.forget_hosts().await;
    let before = stage.sink.received().len();
    let worker = stage.start().await;
    until("all have ended", async || stage.ledger(post).await.refused == INBOXES as u64).await;
    assert!(stage.is_quiet().await);
    assert_eq!(stage.sink.received().len(), before, "nothing more was sent");
    worker.stop().await;
}
