//! The ledger counts once, whatever the queue hands out how often, and for whom.

use belfry_model::{ActivityId, DeliverV1, Lane, TenantId};
use belfry_queue::{Payload, QueueName};
use belfry_social::status::Draft;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::until;

use crate::stage::{Setting, Stage, doubled, queue};

const INBOXES: usize = 20;
const BATCH: usize = 5;

/// The messages that the fan-out makes of a post.
fn messages(stage: &Stage, tenant: TenantId, activity: ActivityId, again: bool) -> Vec<Payload> {
    let mut inboxes: Vec<String> =
        (0..INBOXES).map(|number| stage.sink.at(&format!("/users/f{number}/inbox"))).collect();
    inboxes.sort();
    inboxes
        .chunks(BATCH)
        .map(|batch| {
            let job = DeliverV1::first(tenant, activity, Lane::Normal, batch);
            Payload::Deliver(DeliverV1 { again, ..job })
        })
        .collect()
}

/// Hands the messages to workers, one after the other, until nothing of them is left: who is
/// told to stop gives back what it has not begun.
async fn hand_out(stage: &Stage, messages: &[Payload]) {
    let queue = queue(&stage.settings).await;
    let name = QueueName::Deliver(Lane::Normal);
    queue.publish(name, messages).await.unwrap();
    while queue.depth(name).await.unwrap() > 0 {
        let worker = stage.start().await;
        until("all is taken out", async || queue.depth(name).await.unwrap() == 0).await;
        worker.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_handed_out_again_counts_once() {
    for setting in [Setting::embedded(), Setting::rabbit()] {
        let stage = Stage::new(setting).await;
        stage.followed_by(INBOXES).await;
        stage.sink.behave("/users/f0/inbox", Behaviour::Status(500));
        stage.sink.behave("/users/f1/inbox", Behaviour::Status(410));
        let worker = stage.start().await;
        let post = stage.post("say it once").await;
        stage.settled(post).await;
        worker.stop().await;
        let before = stage.adds_up(post, INBOXES, INBOXES - 2).await;
        let activity = stage.ledger_of(&stage.poster, post, "Create").await.activity;

        // Said to be a repetition, it is looked up and not sent.
        hand_out(&stage, &messages(&stage, stage.tenant, activity, true)).await;
        assert_eq!(stage.adds_up(post, INBOXES, INBOXES - 2).await, before);
        assert_eq!(doubled(&stage.taken("say it once")), 0);

        // Not known to be one, it is sent once more, and counted no more than before.
        hand_out(&stage, &messages(&stage, stage.tenant, activity, false)).await;
        assert_eq!(stage.adds_up(post, INBOXES, INBOXES - 2).await, before);
        assert_eq!(doubled(&stage.taken("say it once")), INBOXES - 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_copies_of_a_message_under_way_at_once_count_once() {
    for setting in [Setting::embedded(), Setting::rabbit()] {
        let stage = Stage::new(setting).await;
        stage.followed_by(INBOXES).await;
        let fanout = stage.start_with(&[belfry_delivery_worker::Duty::Fanout]).await;
        let post = stage.post("say it twice").await;
        until("it is in the queue", async || stage.ledger(post).await.walked).await;
        fanout.stop().await;
        let activity = stage.ledger_of(&stage.poster, post, "Create").await.activity;
        hand_out(&stage, &messages(&stage, stage.tenant, activity, false)).await;
        stage.complete(post, INBOXES, INBOXES).await;
        assert!(doubled(&stage.taken("say it twice")) <= INBOXES);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tenants_have_ledgers_of_their_own() {
    let stage = Stage::new(Setting::rabbit()).await;
    let other = stage.neighbour("fin").await;
    stage.followed_by(INBOXES).await;
    stage.followed_at(&other, stage.sink.host(), INBOXES).await;
    stage.sink.behave("/users/f2/inbox", Behaviour::Status(500));
    let worker = stage.start().await;
    let ours = stage.post("from the one").await;
    let theirs = stage.post_as(&other, Draft::public("from the other")).await;
    stage.settled(ours).await;
    until("theirs is settled, too", async || {
        stage.ledger_of(&other, theirs, "Create").await.ledger.settled == INBOXES as u64
    })
    .await;
    worker.stop().await;
    let before = stage.adds_up(ours, INBOXES, INBOXES - 1).await;
    stage.adds_up_of(&other, theirs, INBOXES, INBOXES - 1).await;

    // A message that names another tenant's activity is nothing, and changes nobody's count.
    let activity = stage.ledger_of(&stage.poster, ours, "Create").await.activity;
    hand_out(&stage, &messages(&stage, other.scope.tenant(), activity, false)).await;
    assert_eq!(stage.adds_up(ours, INBOXES, INBOXES - 1).await, before);
    stage.adds_up_of(&other, theirs, INBOXES, INBOXES - 1).await;
    for text in ["from the one", "from the other"] {
        assert_eq!((stage.taken(text).len(), doubled(&stage.taken(text))), (INBOXES - 1, 0), "{text}");
    }

    // Neither author sees the other's.
    assert!(stage.ledgers_seen_by(&other, ours).await.is_empty());
    assert!(stage.ledgers_seen_by(&stage.poster, theirs).await.is_empty());
    stage.sink.behave("/users/f2/inbox", Behaviour::Normal);
    stage.make_all_due().await;
    let worker = stage.start().await;
    stage.complete(ours, INBOXES, INBOXES).await;
    until("theirs is complete", async || {
        stage.ledger_of(&other, theirs, "Create").await.ledger.is_complete()
    })
    .await;
    stage.adds_up_of(&other, theirs, INBOXES, INBOXES).await;
    worker.stop().await;
}
