//! What belongs to one thread reaches an inbox in the order in which it was said.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use belfry_model::StatusId;
use belfry_social::status::Draft;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::{MockClock, until};
use chrono::TimeDelta;

use crate::stage::{Setting, Stage};

const INBOXES: usize = 24;

async fn stage(setting: Setting, inboxes: usize) -> (Stage, Arc<MockClock>) {
    let clock = Arc::new(MockClock::default());
    let stage = Stage::new(setting.clock(clock.clone())).await;
    stage.followed_by(inboxes).await;
    (stage, clock)
}

async fn answer(stage: &Stage, to: StatusId, text: &str) -> StatusId {
    let draft = Draft { in_reply_to: Some(to), ..Draft::public(text) };
    stage.post_as(&stage.poster, draft).await
}

/// What each inbox has taken, in order.
fn said(stage: &Stage, words: &[&str]) -> BTreeMap<String, Vec<String>> {
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for request in stage.sink.received() {
        let word = words.iter().find(|word| request.body.contains(**word));
        if let (202, Some(word)) = (request.status, word) {
            said.entry(request.path).or_default().push((*word).to_owned());
        }
    }
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_arrives_in_order_also_with_several_workers() {
    const WORDS: [&str; 4] = ["one of four", "two of four", "three of four", "four of four"];
    for (name, setting) in [("embedded", Setting::embedded()), ("rabbit", Setting::rabbit())] {
        let (stage, _clock) = stage(setting, INBOXES).await;
        // The order can't come from equal times.
        for number in 0..INBOXES {
            let time = Duration::from_millis(u64::try_from(number * 7 % 50).unwrap());
            stage.sink.behave(&format!("/users/f{number}/inbox"), Behaviour::Slow(time));
        }
        let workers = [stage.start().await, stage.start().await, stage.start().await];
        let mut posts = vec![stage.post(WORDS[0]).await];
        for word in &WORDS[1..] {
            posts.push(answer(&stage, posts[0], word).await);
        }
        for post in &posts {
            stage.complete(*post, INBOXES, INBOXES).await;
        }
        for worker in workers {
            worker.stop().await;
        }
        let said = said(&stage, &WORDS);
        assert_eq!(said.len(), INBOXES);
        for (inbox, said) in said {
            assert_eq!(said, WORDS, "{name}, at {inbox}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_a_parked_post_of_its_thread_waits_behind_it() {
    let (stage, clock) = stage(Setting::rabbit(), 2).await;
    stage.sink.behave("/users/f0/inbox", Behaviour::Status(503));
    let workers = [stage.start().await, stage.start().await];
    let first = stage.post("first of two").await;
    stage.settled(first).await;
    stage.sink.behave("/users/f0/inbox", Behaviour::Normal);
    let second = answer(&stage, first, "second of two").await;
    stage.settled(second).await;
    stage.adds_up(first, 2, 1).await;
    stage.adds_up(second, 2, 1).await;
    assert_eq!(stage.parked(second).await[0].reason, "waits for an earlier one of its thread");
    // A post of another thread waits for neither.
    let aside = stage.post("something else").await;
    stage.complete(aside, 2, 2).await;
    clock.advance(TimeDelta::minutes(2));
    stage.complete(first, 2, 2).await;
    stage.complete(second, 2, 2).await;
    for worker in workers {
        worker.stop().await;
    }
    for (inbox, said) in said(&stage, &["first of two", "second of two"]) {
        assert_eq!(said, ["first of two", "second of two"], "at {inbox}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_a_post_that_is_still_unanswered_waits_for_the_answer() {
    let (stage, clock) = stage(Setting::embedded().timeout(20), 1).await;
    // Longer than the patience, shorter than the time-out.
    stage.sink.behave("/users/f", Behaviour::Slow(Duration::from_secs(3)));
    let worker = stage.start().await;
    let first = stage.post("first of two").await;
    stage.settled(first).await;
    assert_eq!(stage.parked(first).await[0].reason, "its host has not answered yet");
    let second = answer(&stage, first, "second of two").await;
    stage.settled(second).await;
    assert_eq!(stage.parked(second).await.len(), 1);
    stage.complete(first, 1, 1).await;
    stage.sink.behave("/users/f", Behaviour::Normal);
    clock.advance(TimeDelta::minutes(2));
    stage.complete(second, 1, 1).await;
    worker.stop().await;
    let said = said(&stage, &["first of two", "second of two"]);
    assert_eq!(said["/users/f0/inbox"], ["first of two", "second of two"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delete_overtakes_what_it_takes_back() {
    let (stage, clock) = stage(Setting::rabbit(), 2).await;
    stage.sink.behave("/users/f0/inbox", Behaviour::Status(503));
    let workers = [stage.start().await, stage.start().await];
    let post = stage.post("said too soon").await;
    stage.settled(post).await;
    stage.adds_up(post, 2, 1).await;
    stage.sink.behave("/users/f0/inbox", Behaviour::Normal);
    stage.social.status_delete(&stage.poster, post).await.unwrap();
    until("the delete is at both", async || stage.sink.activities("Delete").len() == 2).await;
    clock.advance(TimeDelta::minutes(2));
    let ledger = stage.complete(post, 2, 1).await;
    assert_eq!(ledger.withdrawn, 1);
    let delete = stage.ledger_of(&stage.poster, post, "Delete").await.ledger;
    assert_eq!((delete.published, delete.taken), (2, 2));
    for worker in workers {
        worker.stop().await;
    }
    assert_eq!(stage.taken("said too soon").len(), 1);
}
