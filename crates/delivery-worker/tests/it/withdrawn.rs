//! What is parked is read again before it is sent.

use std::sync::Arc;

use belfry_model::Clock;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::{MockClock, until};
use chrono::TimeDelta;

use crate::stage::{Setting, Stage};

/// A post whose delivery is parked, because the only follower's server is broken.
async fn parked(text: &str) -> (Stage, Arc<MockClock>, belfry_model::StatusId) {
    let clock = Arc::new(MockClock::default());
    let stage = Stage::new(Setting::embedded().clock(clock.clone())).await;
    stage.followed_by(1).await;
    stage.sink.behave("/users/f", Behaviour::Status(503));
    let worker = stage.start().await;
    let post = stage.post(text).await;
    until("the delivery is parked", async || stage.machinery.parked_count().await.unwrap() == 1).await;
    worker.stop().await;
    stage.sink.behave("/users/f", Behaviour::Normal);
    clock.advance(TimeDelta::seconds(1));
    (stage, clock, post)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_deleted_while_its_delivery_is_parked_is_never_delivered() {
    let (stage, clock, post) = parked("said too soon").await;
    stage.social.status_delete(&stage.poster, post).await.unwrap();
    let parked = stage.machinery.parked_list(stage.tenant, 10).await.unwrap();
    assert!(parked[0].due_at > clock.now(), "the delete goes first");
    let worker = stage.start().await;
    until("the delete has arrived", async || stage.sink.activities("Delete").len() == 1).await;
    clock.advance(TimeDelta::hours(1));
    until("the delivery is dropped", async || stage.is_quiet().await).await;
    worker.stop().await;
    assert_eq!(stage.complete(post, 1, 0).await.withdrawn, 1);
    let said: Vec<_> =
        stage.sink.received().into_iter().filter(|request| request.body.contains("said too soon")).collect();
    assert!(said.iter().all(|request| request.status == 503), "it was sent after it was deleted");
    assert_eq!(stage.machinery.dead_letter_count().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_edited_while_its_delivery_is_parked_arrives_as_it_is_now() {
    let (stage, clock, post) = parked("first thought").await;
    stage.edit(post, "second thought").await;
    clock.advance(TimeDelta::hours(1));
    let worker = stage.start().await;
    until("the post has arrived", async || !stage.taken("").is_empty()).await;
    stage.complete(post, 1, 1).await;
    worker.stop().await;
    let created: Vec<_> = stage
        .sink
        .received()
        .into_iter()
        .filter(|request| request.status == 202 && request.body.contains("\"Create\""))
        .collect();
    assert_eq!(created.len(), 1);
    assert!(created[0].body.contains("second thought"));
    assert!(!created[0].body.contains("first thought"));
}
