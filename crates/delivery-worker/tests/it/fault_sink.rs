//! What becomes of a delivery when its server is broken, slow, rude or wants us elsewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use belfry_model::Clock;
use belfry_test_support::remote::{Behaviour, RudeRemote, Rudeness};
use belfry_test_support::{FakeRemote, MockClock, until};
use chrono::TimeDelta;

use crate::stage::{Setting, Stage, doubled, taken_at};

const FLOOD: u64 = 256 * 1024 * 1024;

async fn stage() -> (Stage, Arc<MockClock>) {
    let clock = Arc::new(MockClock::default());
    (Stage::new(Setting::embedded().clock(clock.clone())).await, clock)
}

/// The reason for which each inbox waits, and for which each was given up.
async fn reasons(stage: &Stage) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let parked = stage.machinery.parked_list(stage.tenant, 100).await.unwrap();
    let dead = stage.machinery.dead_letter_list(stage.tenant, 100).await.unwrap();
    (
        parked.into_iter().map(|parked| (parked.to.inbox, parked.reason)).collect(),
        dead.into_iter().map(|dead| (dead.inbox, dead.reason)).collect(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn each_misbehaviour_has_its_outcome_in_the_tables() {
    let (stage, clock) = stage().await;
    stage.followed_by(7).await;
    let inbox = |number: usize| stage.sink.at(&format!("/users/f{number}/inbox"));
    let elsewhere = stage.sink.at("/elsewhere/inbox");
    for (number, behaviour) in [
        Behaviour::Normal,
        Behaviour::Status(500),
        Behaviour::RetryAfter(429, 7200),
        Behaviour::Hang,
        Behaviour::SlowBody,
        Behaviour::HugeBody(10_000_000),
        Behaviour::Redirect(elsewhere),
    ]
    .into_iter()
    .enumerate()
    {
        stage.sink.behave(&format!("/users/f{number}/inbox"), behaviour);
    }
    let now = clock.now();
    let worker = stage.start().await;
    let post = stage.post("to whom it may concern").await;
    until("the one that hangs has timed out", async || {
        reasons(&stage).await.0.get(&inbox(3)).is_some_and(|reason| reason.ends_with("took too long"))
    })
    .await;
    until("the slow answer is over", async || stage.ledger(post).await.taken == 3).await;
    worker.stop().await;

    let ledger = stage.adds_up(post, 7, 3).await;
    assert_eq!((ledger.waiting(), ledger.refused), (3, 1));
    let (parked, dead) = reasons(&stage).await;
    assert_eq!(parked[&inbox(1)], "answered 500");
    assert_eq!(parked[&inbox(2)], "answered 429");
    let asked = stage.parked(post).await.into_iter().find(|parked| parked.to.inbox == inbox(2)).unwrap();
    assert_eq!(asked.due_at, now + TimeDelta::hours(2), "as it asked");
    // A redirect would carry our signature to whoever is named: it is an answer like another.
    assert_eq!(dead, BTreeMap::from([(inbox(6), "refused: answered 302".to_owned())]));
    let paths: Vec<_> = stage.sink.received().into_iter().map(|request| request.path).collect();
    assert!(!paths.contains(&"/elsewhere/inbox".to_owned()), "a redirect was followed");
    assert_eq!(stage.taken("to whom").len(), 3);
    assert_eq!(doubled(&stage.taken("to whom")), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn rude_servers_cost_an_attempt_and_nothing_else() {
    let (stage, _clock) = stage().await;
    let close = RudeRemote::start(Rudeness::Close).await;
    let reset = RudeRemote::start(Rudeness::Reset).await;
    let half = RudeRemote::start(Rudeness::HalfAnswer).await;
    let flood = RudeRemote::start(Rudeness::Flood(FLOOD)).await;
    for remote in [&close, &reset, &half, &flood] {
        stage.followed_at(&stage.poster, remote.host(), 1).await;
    }
    stage.followed_by(1).await;
    let worker = stage.start().await;
    let post = stage.post("hello?").await;
    stage.settled(post).await;
    worker.stop().await;

    // The status says that it was taken; what breaks off after that is only words.
    let ledger = stage.adds_up(post, 5, 3).await;
    assert_eq!(ledger.waiting(), 2);
    let (parked, _) = reasons(&stage).await;
    for remote in [&close, &reset] {
        let reason = &parked[&format!("http://{}/users/f0/inbox", remote.host())];
        assert!(reason.contains("broke off"), "{reason}");
    }
    for remote in [&close, &reset, &half, &flood] {
        assert_eq!(remote.requests(), 1);
    }
    assert!(flood.written() < FLOOD / 4, "{} bytes of an answer were taken", flood.written());
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_that_hang_hold_up_none_that_answer() {
    const EACH: usize = 20;
    // No test waits for as long as these hang.
    let setting = Setting::rabbit().timeout(600).delivery("shutdown_grace_seconds", 0);
    let stage = Stage::new(setting).await;
    let mut remotes = Vec::new();
    for name in ["a", "b", "c", "d"] {
        let remote = FakeRemote::start_named(&format!("{name}.localhost"), stage.clock.clone()).await;
        stage.followed_at(&stage.poster, remote.host(), EACH).await;
        remotes.push(remote);
    }
    let (healthy, hanging): (Vec<_>, Vec<_>) =
        remotes.iter().partition(|remote| remote.host().starts_with(['b', 'd']));
    for remote in &hanging {
        remote.behave("/users", Behaviour::Hang);
    }
    let worker = stage.start().await;
    let post = stage.post("to the quick and the dead").await;
    for remote in &healthy {
        until("the healthy have it", async || taken_at(remote, "to the quick").len() == EACH).await;
    }
    stage.settled(post).await;
    until("the healthy are counted", async || stage.ledger(post).await.taken == 2 * EACH as u64).await;
    let ledger = stage.adds_up(post, 4 * EACH, 2 * EACH).await;
    assert_eq!(ledger.waiting(), 2 * EACH as u64);
    for parked in stage.parked(post).await {
        let known = ["its host has not answered yet", "its host is slow to answer"];
        assert!(known.contains(&parked.reason.as_str()), "{parked:?}");
    }
    worker.stop().await;
    // What hung when the worker ended is sent when its host is well.
    for remote in &hanging {
        remote.behave("/users", Behaviour::Normal);
    }
    stage.make_all_due().await;
    let heir = stage.start().await;
    stage.complete(post, 4 * EACH, 4 * EACH).await;
    heir.stop().await;
    for remote in &remotes {
        let taken = taken_at(remote, "to the quick");
        assert_eq!((taken.len(), doubled(&taken)), (EACH, 0));
    }
}
