//! RabbitMQ dies, comes back, and dies again: what people post meanwhile waits in the outbox.

use std::time::Duration;

use belfry_test_support::remote::Behaviour;
use belfry_test_support::until;

use crate::broker::Broker;
use crate::stage::{PREFETCH, SLICE, Setting, Stage, doubled};

const INBOXES: usize = 120;
/// Long enough that a kill hits the middle.
const SLOW: Behaviour = Behaviour::Slow(Duration::from_millis(40));

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_killed_again_and_again_loses_nothing() {
    let mut broker = Broker::start().await;
    let stage = Stage::new(Setting::rabbit_at(&broker.url())).await;
    stage.followed_by(INBOXES).await;
    stage.sink.behave("/users/f", SLOW);
    let worker = stage.start().await;
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
    assert!(stage.is_quiet().await);
    worker.stop().await;
}
