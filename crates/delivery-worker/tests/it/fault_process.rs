//! What is committed arrives, whichever process dies in between, and little arrives twice.

use std::time::Duration;

use belfry_delivery_worker::Duty;
use belfry_test_support::remote::Behaviour;
use belfry_test_support::until;

use crate::child::WorkerProcess;
use crate::stage::{PREFETCH, SLICE, Setting, Stage, doubled};

const INBOXES: usize = 120;
/// Long enough that a kill hits the middle.
const SLOW: Behaviour = Behaviour::Slow(Duration::from_millis(40));
const APART: [Duty; 3] = [Duty::Fanout, Duty::Inbound, Duty::Scheduler];

async fn stages() -> [(&'static str, Stage); 2] {
    [("embedded", Stage::new(Setting::embedded()).await), ("rabbit", Stage::new(Setting::rabbit()).await)]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_was_committed_when_no_worker_lived_arrives_once() {
    for (name, stage) in stages().await {
        stage.followed_by(INBOXES).await;
        let post = stage.post("between commit and publish").await;
        assert_eq!(stage.machinery.outbox_backlog().await.unwrap().len(), 1, "{name}");
        let worker = stage.start().await;
        until("everybody has it", async || stage.taken("between commit").len() == INBOXES).await;
        worker.stop().await;
        assert_eq!(doubled(&stage.taken("between commit")), 0, "{name}");
        assert!(stage.is_quiet().await, "{name}");
        stage.complete(post, INBOXES, INBOXES).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_between_publish_and_post_loses_nothing() {
    for (name, stage) in stages().await {
        stage.followed_by(INBOXES).await;
        stage.sink.behave("/users/f", SLOW);
        let doomed = WorkerProcess::start(&stage.settings_file);
        let post = stage.post("between publish and post").await;
        until("some have it", async || stage.taken("between publish").len() > INBOXES / 4).await;
        doomed.kill();
        let before = stage.taken("between publish").len();
        assert!(before < INBOXES, "{name}: the kill came too late to show anything");
        let heir = stage.start().await;
        until("everybody has it", async || stage.taken("between publish").len() == INBOXES).await;
        until("nothing is under way", async || stage.is_quiet().await).await;
        stage.complete(post, INBOXES, INBOXES).await;
        heir.stop().await;
        let doubled = doubled(&stage.taken("between publish"));
        assert!(doubled <= PREFETCH, "{name}: {doubled} were sent twice, {PREFETCH} were unacknowledged");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_workers_of_which_two_are_killed_one_after_the_other_lose_nothing() {
    for setting in [Setting::embedded(), Setting::rabbit()] {
        // Short of this mark the fan-out waits, so that it too is killed in the middle.
        let stage = Stage::new(setting.delivery("lane_mark", 2)).await;
        stage.followed_by(INBOXES).await;
        stage.sink.behave("/users/f", SLOW);
        let start = |duties: &[Duty]| WorkerProcess::with_duties(&stage.settings_file, duties);
        let (fanout, first, _second) = (start(&APART), start(&[Duty::Deliver]), start(&[Duty::Deliver]));
        let post = stage.post("one after the other").await;
        until("some have it", async || stage.taken("one after").len() > INBOXES / 8).await;
        first.kill();
        let walked = stage.ledger(post).await;
        assert!(!walked.walked, "the fan-out was over too early to show anything: {walked:?}");
        fanout.kill();
        let _heir = start(&APART);
        until("everybody has it", async || stage.taken("one after").len() == INBOXES).await;
        stage.complete(post, INBOXES, INBOXES).await;
        // Held by the one, and published by the other when its cursor had not moved yet.
        let doubled = doubled(&stage.taken("one after"));
        assert!(doubled <= PREFETCH + SLICE, "{doubled} were sent twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_is_told_to_stop_leaves_nothing_half_done() {
    for (name, stage) in stages().await {
        stage.followed_by(INBOXES).await;
        stage.sink.behave("/users/f", SLOW);
        let first = stage.start().await;
        let post = stage.post("rolling update").await;
        until("some have it", async || stage.taken("rolling update").len() > INBOXES / 4).await;
        first.stop().await;
        let second = stage.start().await;
        until("everybody has it", async || stage.taken("rolling update").len() == INBOXES).await;
        second.stop().await;
        assert_eq!(doubled(&stage.taken("rolling update")), 0, "{name}");
        stage.complete(post, INBOXES, INBOXES).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_in_four_processes_work_together() {
    let stage = Stage::new(Setting::rabbit()).await;
    stage.followed_by(INBOXES).await;
    stage.sink.behave("/users/f7/inbox", Behaviour::Status(503));
    let _processes = Duty::ALL.map(|duty| WorkerProcess::with_duties(&stage.settings_file, &[duty]));
    // Applied by `inbound`, answered through `fanout` and `deliver`.
    stage.heard(&stage.follow_from("alice")).await;
    until("the follow is accepted", async || stage.sink.activities("Accept").len() == 1).await;
    let post = stage.post("each does its part").await;
    stage.settled(post).await;
    stage.adds_up(post, INBOXES + 1, INBOXES).await;
    // Released by `scheduler`.
    stage.sink.behave("/users/f7/inbox", Behaviour::Normal);
    stage.make_all_due().await;
    stage.complete(post, INBOXES + 1, INBOXES + 1).await;
    assert_eq!(doubled(&stage.taken("each does its part")), 0);
}
