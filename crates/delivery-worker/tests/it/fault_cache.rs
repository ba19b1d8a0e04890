//! Redis goes away and stays away: posts leave all the same, since nothing that matters lives
//! there alone.

use std::sync::Arc;

use belfry_cache::{Cache, CacheOptions};
use belfry_model::Secret;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::{MockClock, PrivateService, until};
use chrono::TimeDelta;

use crate::stage::{Setting, Stage, doubled};

const INBOXES: usize = 24;
/// What one scheduler does for all, once an hour.
const ONCE: &str = "scheduler:expiry";

#[tokio::test(flavor = "multi_thread")]
async fn posts_leave_without_a_cache_and_its_work_is_resumed_when_it_is_back() {
    let redis = PrivateService::start("redis").await;
    let clock = Arc::new(MockClock::default());
    let stage = Stage::new(Setting::rabbit().clock(clock.clone()).cache(redis.url())).await;
    stage.followed_by(INBOXES).await;
    stage.sink.behave("/users/f3/inbox", Behaviour::Status(503));
    let url = Secret::new(redis.url());
    let cache = Cache::connect(&url, CacheOptions::default(), stage.clock.clone()).await.unwrap();
    let workers = [stage.start().await, stage.start().await];
    until("the scheduler has had its turn", async || cache.get(ONCE).await.unwrap().is_some()).await;

    redis.kill().await;
    let post = stage.post("who needs a cache?").await;
    stage.settled(post).await;
    stage.adds_up(post, INBOXES, INBOXES - 1).await;
    // Parked and released without it, and parked again.
    clock.advance(TimeDelta::minutes(2));
    until("it was tried twice", async || {
        stage.parked(post).await.first().is_some_and(|parked| parked.to.attempts == 2)
    })
    .await;

    // What was given up by its age is cleared away by the step that is done once an hour.
    clock.advance(TimeDelta::days(8));
    redis.start_again().await;
    until("it is given up", async || stage.ledger(post).await.refused == 1).await;
    until("it was noted for all", async || cache.get(ONCE).await.is_ok_and(|noted| noted.is_some())).await;
    stage.complete(post, INBOXES, INBOXES - 1).await;
    for worker in workers {
        worker.stop().await;
    }
    assert_eq!(doubled(&stage.taken("who needs")), 0);
}
