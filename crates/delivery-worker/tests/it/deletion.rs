//! An agency that is deleted: everybody who knew it is told, and then nothing of it is left.

use std::sync::Arc;

use belfry_model::Clock;
use belfry_social::status::Draft;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::{MockClock, until};
use chrono::TimeDelta;

use crate::stage::{Setting, Stage};

/// `moe`, whose keys the sink can read, is followed and doesn't lead.
async fn stage(clock: &Arc<MockClock>) -> Stage {
    let stage = Stage::new(Setting::embedded().clock(clock.clone())).await;
    let lead = stage.neighbour("fin").await;
    stage.lead(lead.scope.tenant()).await;
    stage.followed_by(3).await;
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn who_knew_it_is_told_once_and_then_its_rows_are_erased() {
    let clock = Arc::new(MockClock::default());
    let stage = stage(&clock).await;
    let worker = stage.start().await;
    stage.post("hello").await;
    until("the post has arrived", async || stage.taken("hello").len() == 3).await;
    stage.delete_on(stage.tenant, clock.now() + TimeDelta::days(30)).await;
    stage.post_as(&stage.poster, Draft::public("said too late")).await;
    clock.advance(TimeDelta::days(29));
    assert!(
        stage.machinery.deletion_due(clock.now()).await.unwrap().is_empty(),
        "the days of grace are not over"
    );

    clock.advance(TimeDelta::days(2));
    until("everybody is told", async || stage.sink.activities("Delete").len() == 3).await;
    until("it is erased", async || stage.is_erased("moe").await).await;
    worker.stop().await;
    let deletes = stage.sink.activities("Delete");
    assert_eq!(deletes.len(), 3, "told twice");
    assert!(deletes.iter().all(|delete| delete["object"] == delete["actor"]), "{deletes:?}");
    assert!(stage.taken("said too late").is_empty());
    assert!(!stage.has_rows(stage.tenant).await);
    assert!(stage.has_records(stage.tenant).await, "the records stay");
    assert_eq!(stage.machinery.parked_count().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_keys_stay_until_the_last_server_has_been_told() {
    let clock = Arc::new(MockClock::default());
    let stage = stage(&clock).await;
    stage.sink.behave("/users/f", Behaviour::Status(503));
    stage.delete_on(stage.tenant, clock.now()).await;
    let worker = stage.start().await;
    until("the Deletes are parked", async || stage.machinery.parked_count().await.unwrap() == 3).await;
    assert!(stage.machinery.deletion_ready().await.unwrap().is_empty(), "erased before everybody was told");
    stage.sink.behave("/users/f", Behaviour::Normal);
    stage.forget_hosts().await;
    clock.advance(TimeDelta::hours(1));
    until("it is erased", async || stage.is_erased("moe").await).await;
    worker.stop().await;
    let told = stage.sink.received().into_iter().filter(|request| request.status < 300);
    assert_eq!(told.count(), 3, "each once, and with a signature that could be checked");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_deletion_goes_on_and_tells_nobody_twice() {
    let clock = Arc::new(MockClock::default());
    let stage = stage(&clock).await;
    stage.delete_on(stage.tenant, clock.now()).await;
    let scope = stage.poster.scope;
    // Cut off after the Deletes were written: the next run writes none.
    assert!(stage.machinery.deletion_begin(stage.tenant, clock.now()).await.unwrap());
    let first = stage.social.agency_say_goodbye(scope).await.unwrap();
    assert_eq!(stage.social.agency_say_goodbye(scope).await.unwrap(), first);
    let worker = stage.start().await;
    until("it is erased", async || stage.is_erased("moe").await).await;
    worker.stop().await;
    assert_eq!(stage.sink.activities("Delete").len(), 3);
    // Cut off after the erasure and before its end was written down: nothing to do, and no harm.
    assert!(stage.social.agency_erase_some(scope).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rows_of_another_agency_stay() {
    let clock = Arc::new(MockClock::default());
    let stage = stage(&clock).await;
    let fin = stage.neighbour("min").await;
    stage.followed_at(&fin, stage.sink.host(), 1).await;
    stage.post_as(&fin, Draft::public("still here")).await;
    stage.delete_on(stage.tenant, clock.now()).await;
    let worker = stage.start().await;
    until("it is erased", async || stage.is_erased("moe").await).await;
    until("the neighbour's post arrives", async || stage.taken("still here").len() == 1).await;
    worker.stop().await;
    assert!(stage.has_rows(fin.scope.tenant()).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_kept_at_the_last_moment_says_no_goodbye() {
    let clock = Arc::new(MockClock::default());
    let stage = stage(&clock).await;
    stage.delete_on(stage.tenant, clock.now()).await;
    // A worker has seen that it is due, and the lead agency is faster.
    assert_eq!(stage.machinery.deletion_due(clock.now()).await.unwrap(), [stage.tenant]);
    stage.keep(stage.tenant).await;
    assert!(!stage.machinery.deletion_begin(stage.tenant, clock.now()).await.unwrap());
    stage.resume(stage.tenant).await;
    let worker = stage.start().await;
    stage.post("still here").await;
    until("the post has arrived", async || stage.taken("still here").len() == 3).await;
    worker.stop().await;
    assert!(stage.sink.activities("Delete").is_empty());
}
