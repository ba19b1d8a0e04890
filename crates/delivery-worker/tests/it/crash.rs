//! What is committed arrives, whatever dies in between, and little arrives twice.

use std::collections::BTreeMap;
use std::time::Duration;

use belfry_model::SystemClock;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::{service, until};

use crate::broker::Broker;
use crate::child::WorkerProcess;
use crate::stage::{PREFETCH, Stage};

const INBOXES: usize = 120;
/// Long enough that a kill hits the middle.
const SLOW: Behaviour = Behaviour::Slow(Duration::from_millis(40));

async fn stages() -> [(&'static str, Stage); 2] {
    let rabbit = rabbit_section(&service("BELFRY_TEST_AMQP"));
    [
        ("embedded", Stage::new("url = 'embedded'", SystemClock::shared()).await),
        ("rabbit", Stage::new(&rabbit, SystemClock::shared()).await),
    ]
}

/// A prefix of its own keeps this test's queues from the others'.
fn rabbit_section(url: &str) -> String {
    format!("url = '{url}'\nprefix = 'test-{:016x}'", rand::random::<u64>())
}

fn doubled(taken: &BTreeMap<String, usize>) -> usize {
    taken.values().map(|times| times - 1).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_was_committed_when_no_worker_lived_arrives_once() {
    for (name, stage) in stages().await {
        stage.followed_by(INBOXES).await;
        stage.post("between commit and publish").await;
        assert_eq!(stage.machinery.outbox_backlog().await.unwrap().len(), 1, "{name}");
        let worker = stage.start().await;
        until("everybody has it", async || stage.taken("between commit").len() == INBOXES).await;
        worker.stop().await;
        assert_eq!(doubled(&stage.taken("between commit")), 0, "{name}");
        assert!(stage.is_quiet().await, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_between_publish_and_post_loses_nothing() {
    for (name, stage) in stages().await {
        stage.followed_by(INBOXES).await;
        stage.sink.behave("/users/f", SLOW);
        let doomed = WorkerProcess::start(&stage.settings_file);
        stage.post("between publish and post").await;
        until("some have it", async || stage.taken("between publish").len() > INBOXES / 4).await;
        doomed.kill();
        let before = stage.taken("between publish").len();
        assert!(before < INBOXES, "{name}: the kill came too late to show anything");
        let heir = stage.start().await;
        until("everybody has it", async || stage.taken("between publish").len() == INBOXES).await;
        until("nothing is under way", async || stage.is_quiet().await).await;
        heir.stop().await;
        let doubled = doubled(&stage.taken("between publish"));
        assert!(doubled <= PREFETCH, "{name}: {doubled} were sent twice, {PREFETCH} were unacknowledged");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_told_to_stop_leaves_nothing_half_done() {
    for (name, stage) in stages().await {
        stage.followed_by(INBOXES).await;
        stage.sink.behave("/users/f", SLOW);
        let first = stage.start().await;
        stage.post("rolling update").await;
        until("some have it", async || stage.taken("rolling update").len() > INBOXES / 4).await;
        first.stop().await;
        let second = stage.start().await;
        until("everybody has it", async || stage.taken("rolling update").len() == INBOXES).await;
        second.stop().await;
        assert_eq!(doubled(&stage.taken("rolling update")), 0, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_killed_in_between_loses_nothing() {
    let mut broker = Broker::start().await;
    let stage = Stage::new(&rabbit_section(&broker.url()), SystemClock::shared()).await;
    stage.followed_by(INBOXES).await;
    stage.sink.behave("/users/f", SLOW);
    let worker = stage.start().await;
    stage.post("before the broker died").await;
    until("some have it", async || stage.taken("before the broker").len() > INBOXES / 4).await;
    broker.kill();
    assert!(stage.taken("before the broker").len() < INBOXES, "the kill came too late to show anything");
    // People go on posting: what they say waits in the outbox.
    stage.post("while the broker was away").await;
    broker.run().await;
    for text in ["before the broker", "while the broker"] {
        until("everybody has it", async || stage.taken(text).len() == INBOXES).await;
    }
    until("nothing is under way", async || stage.is_quiet().await).await;
    worker.stop().await;
    let doubled = doubled(&stage.taken("before the broker"));
    // Held by the consumer, or published and not confirmed.
    let unacknowledged = PREFETCH + usize::try_from(stage.settings.delivery.slice).unwrap();
    assert!(doubled <= unacknowledged, "{doubled} were sent twice, {unacknowledged} were unacknowledged");
}
