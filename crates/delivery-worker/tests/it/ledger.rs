//! The ledger counts once, whatever the queue hands out how often, and for whom.

use belfry_model::{ActivityId, DeliverV1, Lane, TenantId};
use belfry_queue::{Payload, QueueName};
use belfry_social::status::Draft;
use belfry_storage::batch_key;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::until;

use crate::stage::{Setting, Stage, doubled, queue};

const INBOXES: usize = 20;
const BATCH: usize = 5;

/// The messages that the fan-out makes of our own post, said to be of `tenant`.
async fn messages(stage: &Stage, tenant: TenantId, activity: ActivityId, again: bool) -> Vec<Payload> {
    let inboxes = stage.audience(activity).await;
    assert_eq!(inboxes.len(), INBOXES);
    inboxes
        .chunks(BATCH)
        .map(|batch| {
            let job = DeliverV1::first(tenant, activity, Lane::Normal, batch);
            Payload::Deliver(DeliverV1 { again, ..job })
        })
        .collect()
}

/// Hands the messages to a worker until they have had an effect. It finishes what it has taken;
/// and it takes them in this order.
async fn hand_out(stage: &Stage, messages: &[Payload], effect: impl AsyncFnMut() -> bool) {
    queue(&stage.settings).await.publish(QueueName::Deliver(Lane::Normal), messages).await.unwrap();
    let worker = stage.start().await;
    until("the messages have had an effect", effect).await;
    worker.stop().await;
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

        // Those that are said to be a repetition are looked up and not sent. The others are sent
        // once more, and counted no more than before.
        let mut copies = messages(&stage, stage.tenant, activity, true).await;
        copies.extend(messages(&stage, stage.tenant, activity, false).await);
        let doubles = || doubled(&stage.taken("say it once"));
        hand_out(&stage, &copies, async || doubles() >= INBOXES - 2).await;
        assert_eq!(doubles(), INBOXES - 2);
        assert_eq!(stage.adds_up(post, INBOXES, INBOXES - 2).await, before);
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
        let copies = messages(&stage, stage.tenant, activity, false).await;
        hand_out(&stage, &copies, async || stage.ledger(post).await.is_complete()).await;
        stage.adds_up(post, INBOXES, INBOXES).await;
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
    let foreign = other.scope.tenant();
    let strays = messages(&stage, foreign, activity, false).await;
    hand_out(&stage, &strays, async || {
        let mut settled = 0;
        for stray in &strays {
            let Payload::Deliver(job) = stray else { unreachable!() };
            let batch = batch_key(&job.inboxes);
            settled += usize::from(stage.machinery.batch_is_settled(foreign, activity, batch).await.unwrap());
        }
        settled == strays.len()
    })
    .await;
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

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_on_is_the_tenants_use_of_the_day_and_another_try_adds_nothing() {
    let stage = Stage::new(Setting::embedded()).await;
    stage.followed_by(INBOXES).await;
    let fin = stage.neighbour("fin").await;
    stage.sink.behave("/users/f0/inbox", Behaviour::Status(500));
    stage.sink.behave("/users/f1/inbox", Behaviour::Status(410));
    let worker = stage.start().await;
    let post = stage.post("charge it").await;
    stage.settled(post).await;
    assert_eq!(stage.deliveries_of(&stage.poster).await, INBOXES as u64, "also what waits or was refused");
    stage.make_all_due().await;
    let tries = || stage.sink.received().iter().filter(|one| one.path == "/users/f0/inbox").count();
    until("what waits was tried again", async || tries() > 1).await;
    assert_eq!(
        stage.deliveries_of(&stage.poster).await,
        INBOXES as u64,
        "a second try is no second delivery"
    );
    worker.stop().await;
    assert_eq!(stage.deliveries_of(&fin).await, 0);
}
