//! A suspended agency: nothing of it leaves, nothing is lost, and its time stands still.

use std::sync::Arc;

use belfry_model::Clock;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::{MockClock, until};
use chrono::TimeDelta;

use crate::stage::{Setting, Stage, doubled, taken_at};

/// The first tenant leads, and can't be suspended: `fin` is, which others follow.
async fn stage(setting: Setting) -> (Stage, belfry_social::Poster) {
    let stage = Stage::new(setting).await;
    let fin = stage.neighbour("fin").await;
    (stage, fin)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_while_suspended_and_all_arrives_once_after() {
    for setting in [Setting::embedded(), Setting::rabbit()] {
        let (stage, fin) = stage(setting).await;
        stage.followed_at(&fin, stage.sink.host(), 100).await;
        stage.followed_by(1).await;
        // Some of it is on its way already when the agency is suspended.
        stage.sink.behave("/users/f", Behaviour::Status(503));
        let worker = stage.start().await;
        stage.post_as(&fin, belfry_social::status::Draft::public("begun before")).await;
        until("some of it is parked", async || stage.machinery.parked_count().await.unwrap() > 0).await;
        let tenant = fin.scope.tenant();
        stage.suspend(tenant).await;
        stage.forget_hosts().await;
        stage.sink.behave("/users/f", Behaviour::Normal);
        stage.post_as(&fin, belfry_social::status::Draft::public("said while suspended")).await;
        stage.make_all_due().await;
        // What another agency says goes out, and so shows that this one had its turn.
        stage.post("from the neighbour").await;
        until("the neighbour's post arrives", async || stage.taken("from the neighbour").len() == 1).await;
        let begun = stage.taken("begun before").len();
        stage.post("once more").await;
        until("the neighbour's next post arrives", async || stage.taken("once more").len() == 1).await;
        assert_eq!(stage.taken("said while suspended").len(), 0);
        assert_eq!(stage.taken("begun before").len(), begun, "what was parked was sent");
        assert!(stage.machinery.parked_count().await.unwrap() > 0);
        assert!(stage.machinery.outbox_backlog().await.unwrap().is_empty(), "nobody is to be alarmed");

        stage.resume(tenant).await;
        stage.make_all_due().await;
        until("everything arrives", async || {
            stage.taken("begun before").len() == 100 && stage.taken("said while suspended").len() == 100
        })
        .await;
        until("nothing is left", async || stage.is_quiet().await).await;
        worker.stop().await;
        for text in ["begun before", "said while suspended"] {
            assert_eq!(doubled(&taken_at(&stage.sink, text)), 0, "{text}");
        }
        assert_eq!(stage.machinery.dead_letter_count().await.unwrap(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_send_is_kept_and_the_answer_waits() {
    let stage = Stage::new(Setting::embedded()).await;
    let lead = stage.neighbour("fin").await;
    // So that `moe`, whose key the sink can read, is the one that is suspended.
    stage.lead(lead.scope.tenant()).await;
    let worker = stage.start().await;
    stage.suspend(stage.tenant).await;
    stage.heard(&stage.follow_from("alice")).await;
    until("the follow is kept", async || stage.followers().await == 1).await;
    assert!(stage.sink.activities("Accept").is_empty());
    stage.resume(stage.tenant).await;
    until("the answer arrives", async || stage.sink.activities("Accept").len() == 1).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_of_a_suspension_is_none_in_which_a_delivery_is_given_up() {
    let clock = Arc::new(MockClock::default());
    let (stage, fin) = stage(Setting::embedded().clock(clock.clone())).await;
    stage.followed_at(&fin, stage.sink.host(), 1).await;
    stage.sink.behave("/users/f", Behaviour::Status(503));
    let worker = stage.start().await;
    stage.post_as(&fin, belfry_social::status::Draft::public("patient")).await;
    until("it is parked", async || stage.machinery.parked_count().await.unwrap() == 1).await;
    let tenant = fin.scope.tenant();
    let first_at = stage.machinery.parked_list(tenant, 1).await.unwrap().remove(0).first_at;
    clock.advance(TimeDelta::days(1));
    stage.suspend(tenant).await;
    stage.sink.behave("/users/f", Behaviour::Normal);
    clock.advance(TimeDelta::days(60));
    // Sixty days would have been the end of it.
    stage.machinery.parked_expire(clock.now() - TimeDelta::days(7), clock.now()).await.unwrap();
    assert_eq!(stage.machinery.parked_count().await.unwrap(), 1);
    worker.stop().await;
    stage.resume(tenant).await;
    assert_eq!(stage.machinery.suspension_move_on().await.unwrap(), 1);
    assert_eq!(stage.machinery.suspension_move_on().await.unwrap(), 0, "moved on twice");
    let parked = stage.machinery.parked_list(tenant, 1).await.unwrap().remove(0);
    assert_eq!(parked.first_at - first_at, TimeDelta::days(60));
    stage.machinery.parked_expire(clock.now() - TimeDelta::days(7), clock.now()).await.unwrap();
    stage.forget_hosts().await;
    let worker = stage.start().await;
    until("it arrives", async || stage.taken("patient").len() == 1).await;
    worker.stop().await;
}
