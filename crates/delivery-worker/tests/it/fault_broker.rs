//! RabbitMQ takes nothing any more, dies, comes back and dies again: what people post meanwhile
//! waits in the outbox, and what is on its way is recorded.

use std::time::Duration;

use belfry_test_support::remote::Behaviour;
use belfry_test_support::until;
use chrono::DateTime;

use crate::broker::Broker;
use crate::stage::{PREFETCH, SLICE, Setting, Stage, doubled};

const INBOXES: usize = 120;
/// Long enough that a fault hits the middle.
const SLOW: Behaviour = Behaviour::Slow(Duration::from_millis(40));

/// One broker for both: it takes some seconds to start.
#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_is_full_and_then_killed_again_and_again_loses_nothing() {
    let mut broker = Broker::start().await;
    // The broker's own command takes seconds, in which nothing may time out.
    let setting = Setting::rabbit_at(&broker.url()).timeout(60).delivery("patience_milliseconds", 60_000);
    let stage = Stage::new(setting).await;
    stage.followed_by(INBOXES).await;
    let worker = stage.start().await;
    a_full_broker(&stage, &broker).await;
    a_dead_broker(&stage, &mut broker).await;
    assert!(stage.is_quiet().await);
    worker.stop().await;
}

async fn a_full_broker(stage: &Stage, broker: &Broker) {
    stage.sink.behave("/users/f", Behaviour::Hold);
    let before = stage.post("before the disk was full").await;
    until("it is all in the queue", async || stage.ledger(before).await.walked).await;
    broker.disk_is_full(true).await;
    assert_eq!(stage.ledger(before).await.settled, 0);
    stage.sink.behave("/users/f", SLOW);
    let meanwhile = stage.post("while the disk was full").await;
    // Publishing and consuming have connections of their own: only the one is blocked.
    stage.complete(before, INBOXES, INBOXES).await;
    until("publishing has failed", async || {
        let activity = stage.ledger_of(&stage.poster, meanwhile, "Create").await.activity;
        let row = stage.machinery.outbox_fetch(stage.tenant, activity).await.unwrap().unwrap();
        row.claimed_until == Some(DateTime::UNIX_EPOCH)
    })
    .await;
    assert_eq!(stage.ledger(meanwhile).await.published, 0);
    assert!(stage.taken("while the disk").is_empty());
    broker.disk_is_full(false).await;
    stage.complete(meanwhile, INBOXES, INBOXES).await;
    let taken = stage.taken("while the disk");
    assert_eq!(taken.len(), INBOXES);
    // Published, not confirmed, and so published once more.
    assert!(doubled(&taken) <= SLICE, "{} were sent twice", doubled(&taken));
    assert_eq!(doubled(&stage.taken("before the disk")), 0);
}

async fn a_dead_broker(stage: &Stage, broker: &mut Broker) {
    let mut posts = Vec::new();
    for time in ["first", "second"] {
        let before = format!("before the {time} death");
        posts.push((before.clone(), stage.post(&before).await));
        until("some have it", async || stage.taken(&before).len() > INBOXES / 4).await;
        broker.kill();
        assert!(stage.taken(&before).len() < INBOXES, "the kill came too late to show anything");
        // People go on posting: what they say waits in the outbox.
        let meanwhile = format!("after the {time} death");
        posts.push((meanwhile.clone(), stage.post(&meanwhile).await));
        broker.run().await;
    }
    for (text, post) in &posts {
        stage.complete(*post, INBOXES, INBOXES).await;
        let taken = stage.taken(text);
        assert_eq!(taken.len(), INBOXES, "{text}");
        // Held by the consumer, or published and not confirmed.
        let (doubled, unacknowledged) = (doubled(&taken), PREFETCH + SLICE);
        assert!(doubled <= unacknowledged, "{text}: {doubled} twice, {unacknowledged} unacknowledged");
    }
}
