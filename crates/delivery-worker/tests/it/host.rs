//! A host that is down costs a row a delivery and no attempt; one that is gone costs nothing.

use std::sync::Arc;

use belfry_delivery_worker::Duty;
use belfry_model::{Clock, StatusId};
use belfry_queue::QueueName;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::{MockClock, until};
use chrono::TimeDelta;

use crate::stage::{Setting, Stage, queue};

const INBOXES: usize = 12;

/// A stage whose only host has just gone down by the first post, which waits for it.
async fn down(setting: Setting) -> (Stage, Arc<MockClock>, StatusId) {
    let clock = Arc::new(MockClock::default());
    let stage = Stage::new(setting.clock(clock.clone())).await;
    stage.followed_by(INBOXES).await;
    stage.sink.behave("/users/f", Behaviour::Status(503));
    let worker = stage.start_with(&[Duty::Fanout, Duty::Deliver]).await;
    let post = stage.post("before it went down").await;
    stage.settled(post).await;
    worker.stop().await;
    assert_eq!(stage.host_state().await.unwrap().state, "down");
    stage.adds_up(post, INBOXES, 0).await;
    (stage, clock, post)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_down_costs_one_row_a_delivery_and_no_attempt() {
    let (stage, _clock, _) = down(Setting::rabbit()).await;
    let tried = stage.sink.received().len();
    // Nobody takes from the queue: what is in it stays there.
    let worker = stage.start_with(&[Duty::Fanout]).await;
    let post = stage.post("while it was down").await;
    stage.settled(post).await;
    worker.stop().await;
    stage.adds_up(post, INBOXES, 0).await;
    let parked = stage.parked(post).await;
    assert_eq!(parked.len(), INBOXES);
    assert!(parked.iter().all(|parked| parked.with_host && parked.to.attempts == 0), "{parked:?}");
    let queue = queue(&stage.settings).await;
    for name in QueueName::ALL {
        assert_eq!(queue.depth(name).await.unwrap(), 0, "{name}");
    }
    assert_eq!(stage.sink.received().len(), tried);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_down_is_probed_once_at_growing_intervals() {
    let (stage, clock, post) = down(Setting::embedded()).await;
    let tried = stage.sink.received().len();
    let workers = [stage.start().await, stage.start().await];
    for (probes, pause) in [(1, 2), (2, 4), (3, 8)] {
        let due = stage.host_state().await.unwrap().probe_at;
        clock.advance(due - clock.now());
        until("the probe is counted", async || stage.host_state().await.unwrap().probes == probes).await;
        until("the probe is there", async || {
            stage.sink.received().len() == tried + usize::try_from(probes).unwrap()
        })
        .await;
        until("its outcome is known", async || {
            let parked = stage.parked(post).await;
            parked.iter().all(|parked| parked.with_host || parked.due_at > clock.now())
        })
        .await;
        let state = stage.host_state().await.unwrap();
        assert_eq!(state.probe_at, due + TimeDelta::minutes(pause), "{state:?}");
    }
    for worker in workers {
        worker.stop().await;
    }
    assert_eq!(stage.sink.received().len(), tried + 3, "each probe is one request");
    stage.adds_up(post, INBOXES, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_host_is_released_at_a_pace_when_a_probe_succeeds() {
    let setting = Setting::embedded().delivery("host_release_per_second", 2);
    let (stage, clock, first) = down(setting).await;
    let worker = stage.start().await;
    let second = stage.post("while it was down").await;
    stage.settled(second).await;
    stage.sink.behave("/users/f", Behaviour::Normal);
    clock.advance(TimeDelta::minutes(1));
    until("it is back", async || stage.host_state().await.is_none()).await;
    until("the probe is counted", async || stage.ledger(first).await.taken >= 1).await;
    // The clock stands still: all of the second post is due later, two of it a second.
    let mut due: Vec<_> = stage.parked(second).await.into_iter().map(|parked| parked.due_at).collect();
    due.sort();
    assert_eq!(due.len(), INBOXES);
    assert!(due[0] > clock.now(), "{due:?}");
    assert_eq!(
        due[INBOXES - 1] - due[0],
        TimeDelta::milliseconds(500 * (i64::try_from(INBOXES).unwrap() - 1))
    );
    clock.advance(due[3] - clock.now());
    until("four are there", async || stage.ledger(second).await.taken == 4).await;
    stage.adds_up(second, INBOXES, 4).await;
    clock.advance(TimeDelta::minutes(5));
    stage.complete(second, INBOXES, INBOXES).await;
    stage.complete(first, INBOXES, INBOXES).await;
    worker.stop().await;
    assert!(stage.taken("it went down").values().all(|times| *times == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_speaks_to_us_is_back() {
    let (stage, clock, post) = down(Setting::rabbit()).await;
    stage.sink.behave("/users/f", Behaviour::Normal);
    let worker = stage.start().await;
    stage.heard(&stage.follow_from("alice")).await;
    until("it is back", async || stage.host_state().await.is_none()).await;
    // Well before the probe: the clock stands still but for the pace of the release.
    until("the follow is accepted", async || stage.sink.activities("Accept").len() == 1).await;
    clock.advance(TimeDelta::minutes(5));
    stage.complete(post, INBOXES, INBOXES).await;
    worker.stop().await;
    assert!(stage.taken("before it went down").values().all(|times| *times == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_silent_for_a_week_is_gone_until_it_speaks() {
    let (stage, clock, first) = down(Setting::embedded()).await;
    let tried = stage.sink.received().len();
    clock.advance(TimeDelta::days(7) + TimeDelta::minutes(1));
    let worker = stage.start().await;
    until("it is gone", async || stage.host_state().await.is_some_and(|state| state.state == "gone")).await;
    until("nothing is kept for it", async || stage.machinery.parked_count().await.unwrap() == 0).await;
    let ledger = stage.complete(first, INBOXES, 0).await;
    assert_eq!((ledger.gone, ledger.refused), (INBOXES as u64, 0));

    let second = stage.post("to nobody").await;
    let ledger = stage.complete(second, INBOXES, 0).await;
    assert_eq!(ledger.gone, INBOXES as u64);
    assert_eq!(stage.machinery.dead_letter_count().await.unwrap(), 0);
    assert_eq!(stage.sink.received().len(), tried, "nobody was bothered");

    stage.sink.behave("/users/f", Behaviour::Normal);
    stage.heard(&stage.follow_from("alice")).await;
    until("it is back", async || stage.host_state().await.is_none()).await;
    until("the follow is accepted", async || stage.sink.activities("Accept").len() == 1).await;
    let third = stage.post("welcome back").await;
    stage.complete(third, INBOXES + 1, INBOXES + 1).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_parked_with_a_host_in_the_moment_of_its_return_is_not_left_behind() {
    let (stage, clock, first) = down(Setting::embedded()).await;
    let worker = stage.start_with(&[Duty::Fanout]).await;
    let second = stage.post("in that moment").await;
    stage.settled(second).await;
    worker.stop().await;
    // As when another process has just released what it saw, and these rows came after that.
    stage.forget_hosts().await;
    stage.sink.behave("/users/f", Behaviour::Normal);
    clock.advance(TimeDelta::minutes(2));
    let worker = stage.start().await;
    until("its rows are released", async || {
        stage.parked(second).await.iter().all(|parked| !parked.with_host)
    })
    .await;
    clock.advance(TimeDelta::minutes(2));
    stage.complete(first, INBOXES, INBOXES).await;
    stage.complete(second, INBOXES, INBOXES).await;
    worker.stop().await;
    assert!(stage.taken("in that moment").values().all(|times| *times == 1));
}
