//! The clock jumps: by days forwards, by hours backwards. Nothing is lost, nothing gets stuck,
//! and little is sent twice.

use std::sync::Arc;
use std::time::Duration;

use belfry_model::{Clock, Lane};
use belfry_storage::Turn;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::{MockClock, until};
use chrono::TimeDelta;

use crate::stage::{Setting, Stage, doubled};

const INBOXES: usize = 24;

async fn stage(setting: Setting) -> (Stage, Arc<MockClock>) {
    let clock = Arc::new(MockClock::default());
    let stage = Stage::new(setting.clock(clock.clone())).await;
    stage.followed_by(INBOXES).await;
    (stage, clock)
}

#[tokio::test(flavor = "multi_thread")]
async fn days_forwards_in_the_middle_lose_nothing() {
    for setting in [Setting::embedded(), Setting::rabbit()] {
        let (stage, clock) = stage(setting).await;
        // Three are parked, and the rest is on its way when the clock jumps.
        for number in 0..3 {
            stage.sink.behave(&format!("/users/f{number}/inbox"), Behaviour::Status(500));
        }
        for number in 3..INBOXES {
            let slow = Behaviour::Slow(Duration::from_millis(200));
            stage.sink.behave(&format!("/users/f{number}/inbox"), slow);
        }
        let workers = [stage.start().await, stage.start().await];
        let post = stage.post("see you on Thursday").await;
        // A slice that is published while its claim runs out may be published once more: that is
        // another fault than the one looked at here.
        until("some have it, and the fan-out is over", async || {
            stage.taken("see you").len() > INBOXES / 4 && stage.ledger(post).await.walked
        })
        .await;
        let parked = stage.parked(post).await.len();
        assert!(stage.taken("see you").len() + parked < INBOXES, "it came too late to show anything");
        for number in 0..3 {
            stage.sink.behave(&format!("/users/f{number}/inbox"), Behaviour::Normal);
        }
        clock.advance(TimeDelta::days(3));
        stage.settled(post).await;
        // Signed three days ago, as it seems, some are not believed and are parked for a minute.
        until("nothing of it is under way", async || {
            let parked = stage.parked(post).await;
            parked.iter().all(|parked| parked.to.attempts == 1 && parked.first_at == clock.now())
        })
        .await;
        clock.advance(TimeDelta::days(2));
        stage.complete(post, INBOXES, INBOXES).await;
        for worker in workers {
            worker.stop().await;
        }
        assert_eq!((stage.taken("see you").len(), doubled(&stage.taken("see you"))), (INBOXES, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_backwards_leave_no_claim_and_no_parked_delivery_behind() {
    let (stage, clock) = stage(Setting::embedded()).await;
    stage.sink.behave("/users/f0/inbox", Behaviour::Status(500));
    let worker = stage.start().await;
    let parked = stage.post("parked before").await;
    stage.settled(parked).await;
    worker.stop().await;
    // Claimed by one who is never heard of again.
    let claimed = stage.post("claimed before").await;
    let turn = Turn {
        lane: Lane::Normal,
        now: clock.now(),
        claim: TimeDelta::seconds(2),
        newcomers_only: false,
        dearest: TimeDelta::zero(),
    };
    assert!(stage.machinery.outbox_claim(turn).await.unwrap().is_some());
    stage.sink.behave("/users/f", Behaviour::Normal);
    clock.advance(-TimeDelta::hours(5));
    let workers = [stage.start().await, stage.start().await];
    stage.complete(claimed, INBOXES, INBOXES).await;
    // Its time is a time, so it waits for that: no longer than the clock was wrong.
    stage.adds_up(parked, INBOXES, INBOXES - 1).await;
    clock.advance(TimeDelta::hours(5) + TimeDelta::minutes(2));
    stage.complete(parked, INBOXES, INBOXES).await;
    for worker in workers {
        worker.stop().await;
    }
    for text in ["parked before", "claimed before"] {
        assert_eq!((stage.taken(text).len(), doubled(&stage.taken(text))), (INBOXES, 0), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_went_down_before_the_clock_was_set_back_is_probed_soon() {
    let (stage, clock) = stage(Setting::embedded()).await;
    stage.sink.behave("/users/f", Behaviour::Status(503));
    let worker = stage.start().await;
    let post = stage.post("before the jump").await;
    stage.settled(post).await;
    until("it is down", async || stage.host_state().await.is_some()).await;
    stage.sink.behave("/users/f", Behaviour::Normal);
    clock.advance(-TimeDelta::hours(5));
    until("it is back", async || stage.host_state().await.is_none()).await;
    clock.advance(TimeDelta::hours(5) + TimeDelta::minutes(2));
    stage.complete(post, INBOXES, INBOXES).await;
    worker.stop().await;
    assert_eq!(doubled(&stage.taken("before the jump")), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_that_had_used_up_its_minute_is_served_when_the_clock_is_set_back() {
    // A slice of 30 costs a minute.
    let (stage, clock) = stage(Setting::embedded().delivery("tenant_per_minute", 30)).await;
    let worker = stage.start().await;
    let first = stage.post("before the jump").await;
    stage.complete(first, INBOXES, INBOXES).await;
    clock.advance(-TimeDelta::hours(5));
    let second = stage.post("after the jump").await;
    stage.complete(second, INBOXES, INBOXES).await;
    worker.stop().await;
}
