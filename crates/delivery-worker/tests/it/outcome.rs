//! What becomes of a delivery, by what the inbox answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use belfry_model::Clock;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::{MockClock, until};
use chrono::TimeDelta;

use crate::stage::{Setting, Stage};

async fn stage(followers: usize) -> (Stage, Arc<MockClock>) {
    let clock = Arc::new(MockClock::default());
    let stage = Stage::new(Setting::embedded().clock(clock.clone())).await;
    stage.followed_by(followers).await;
    (stage, clock)
}

fn inbox(stage: &Stage, number: usize) -> String {
    stage.sink.at(&format!("/users/f{number}/inbox"))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_leads_to_taken_parked_or_dead() {
    let (stage, clock) = stage(7).await;
    for (number, behaviour) in [
        Behaviour::Normal,
        Behaviour::Status(500),
        Behaviour::RetryAfter(429, 7200),
        Behaviour::Status(404),
        Behaviour::Status(410),
        Behaviour::Status(403),
        Behaviour::Hang,
    ]
    .into_iter()
    .enumerate()
    {
        stage.sink.behave(&format!("/users/f{number}/inbox"), behaviour);
    }
    let now = clock.now();
    let worker = stage.start().await;
    stage.post("to whom it may concern").await;
    until("six have an outcome in the tables", async || {
        stage.machinery.parked_count().await.unwrap() + stage.machinery.dead_letter_count().await.unwrap()
            == 6
    })
    .await;
    worker.stop().await;

    let parked: BTreeMap<_, _> = stage
        .machinery
        .parked_list(stage.tenant, 10)
        .await
        .unwrap()
        .into_iter()
        .map(|parked| (parked.to.inbox.clone(), parked))
        .collect();
    let soon = now + TimeDelta::seconds(48)..=now + TimeDelta::seconds(72);
    for number in [1, 3, 6] {
        let parked = &parked[&inbox(&stage, number)];
        assert!(soon.contains(&parked.due_at), "{parked:?}");
        assert_eq!((parked.to.attempts, parked.first_at), (1, now), "{parked:?}");
        assert_eq!(parked.host, stage.sink.host());
    }
    assert_eq!(parked[&inbox(&stage, 1)].reason, "answered 500");
    assert_eq!(parked[&inbox(&stage, 2)].due_at, now + TimeDelta::hours(2));
    assert_eq!(parked[&inbox(&stage, 3)].to.missing_on, Some(now.date_naive()));
    assert_eq!(parked.len(), 4);

    let dead: BTreeMap<_, _> = stage
        .machinery
        .dead_letter_list(stage.tenant, 10)
        .await
        .unwrap()
        .into_iter()
        .map(|letter| (letter.inbox, letter.reason))
        .collect();
    assert_eq!(dead[&inbox(&stage, 4)], "gone: answered 410");
    assert_eq!(dead[&inbox(&stage, 5)], "refused: answered 403");
    assert_eq!(dead.len(), 2);
    assert_eq!(stage.taken("to whom").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inbox_that_is_missing_on_three_days_is_gone() {
    let (stage, clock) = stage(1).await;
    stage.sink.behave("/users/f", Behaviour::Status(404));
    let worker = stage.start().await;
    stage.post("anybody there?").await;
    let mut tries = 0;
    until("it is given up", async || {
        let parked = stage.machinery.parked_list(stage.tenant, 1).await.unwrap();
        // Tried and parked again: on to when it is due.
        if let Some(parked) = parked.first()
            && stage.sink.received().len() > tries
            && parked.due_at > clock.now()
            && u64::from(parked.to.attempts) == u64::try_from(stage.sink.received().len()).unwrap()
        {
            tries = stage.sink.received().len();
            clock.advance(parked.due_at - clock.now());
        }
        stage.machinery.dead_letter_count().await.unwrap() == 1
    })
    .await;
    worker.stop().await;
    let dead = stage.machinery.dead_letter_list(stage.tenant, 1).await.unwrap();
    assert_eq!(dead[0].reason, "gone: answered 404 on three days");
    assert!(clock.now() - MockClock::default().now() >= TimeDelta::days(1), "three days were touched");
    assert!(stage.is_quiet().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_arrives_when_its_server_is_back() {
    let (stage, clock) = stage(3).await;
    stage.sink.behave("/users/f", Behaviour::Status(502));
    let worker = stage.start().await;
    stage.post("patience").await;
    until("all are parked", async || stage.machinery.parked_count().await.unwrap() == 3).await;
    stage.sink.behave("/users/f", Behaviour::Normal);
    clock.advance(TimeDelta::minutes(2));
    until("all have it", async || stage.taken("patience").len() == 3).await;
    until("nothing is parked", async || stage.is_quiet().await).await;
    worker.stop().await;
    assert!(stage.taken("patience").values().all(|times| *times == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_down_is_spared_further_attempts() {
    let (stage, _clock) = stage(12).await;
    stage.sink.behave("/users/f", Behaviour::Status(503));
    let worker = stage.start().await;
    stage.post("first").await;
    until("all are parked", async || stage.machinery.parked_count().await.unwrap() == 12).await;
    let tried = stage.sink.received().len();
    stage.post("second").await;
    until("all are parked twice", async || stage.machinery.parked_count().await.unwrap() == 24).await;
    worker.stop().await;
    assert_eq!(stage.sink.received().len(), tried, "the second post was not even tried");
    let parked = stage.machinery.parked_list(stage.tenant, 100).await.unwrap();
    let spared = parked.iter().filter(|parked| parked.reason == "its host is down").count();
    assert!(spared >= 12, "{spared}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_to_followers_says_under_its_signature_what_they_come_to() {
    let (stage, _clock) = stage(2).await;
    let worker = stage.start().await;
    stage.post("to all who follow").await;
    until("both have it", async || stage.taken("to all who follow").len() == 2).await;
    worker.stop().await;
    let received = stage.sink.received();
    let said: Vec<&str> =
        received.iter().filter_map(|request| request.header("collection-synchronization")).collect();
    assert_eq!(said.len(), 2);
    assert!(said[0].contains("/users/moe/followers_synchronization\", digest=\""), "{}", said[0]);
    assert_eq!(said[0], said[1]);
    for request in &received {
        assert!(request.header("signature").unwrap().contains(" collection-synchronization "));
    }
}
