//! Postgres goes away in the middle of a fan-out and comes back: in an orderly restart, and as
//! after a power cut.

use std::time::Duration;

use belfry_test_support::remote::Behaviour;
use belfry_test_support::{PrivateService, until};

use crate::stage::{PREFETCH, SLICE, Setting, Stage, doubled};

const INBOXES: usize = 120;
/// Long enough that the end hits the middle.
const SLOW: Behaviour = Behaviour::Slow(Duration::from_millis(40));

/// Two platforms on one server, since it takes some seconds to start: the queue of the one is in
/// RabbitMQ, and that of the other goes away with the database.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_restarted_and_then_killed_loses_nothing() {
    let postgres = PrivateService::start("postgres").await;
    let mut stages = Vec::new();
    for queue in [Setting::rabbit(), Setting::embedded()] {
        // Short of this mark the fan-out waits, so that it too is hit in the middle.
        let stage = Stage::new(queue.server(postgres.url()).delivery("lane_mark", 2)).await;
        stage.followed_by(INBOXES).await;
        stage.sink.behave("/users/f", SLOW);
        stages.push((stage.start().await, stage));
    }
    for departure in ["restarted", "killed"] {
        let text = format!("it was {departure}");
        let mut posts = Vec::new();
        for (_, stage) in &stages {
            posts.push(stage.post(&text).await);
        }
        for ((_, stage), post) in stages.iter().zip(&posts) {
            until("some have it", async || stage.taken(&text).len() > INBOXES / 8).await;
            let walked = stage.ledger(*post).await.walked;
            assert!(!walked, "it was {departure} too late to show anything");
        }
        if departure == "killed" {
            postgres.kill().await;
        } else {
            postgres.stop().await;
        }
        postgres.start_again().await;
        for ((_, stage), post) in stages.iter().zip(posts) {
            until("everybody has it", async || stage.taken(&text).len() == INBOXES).await;
            // Our own connections broke, too, and are made anew.
            until("the books can be read", async || stage.machinery.parked_count().await.is_ok()).await;
            stage.complete(post, INBOXES, INBOXES).await;
            // Leased and not renewed in time, or published when the cursor had not moved yet.
            let (doubled, bound) = (doubled(&stage.taken(&text)), PREFETCH + SLICE);
            assert!(doubled <= bound, "{departure}: {doubled} were sent twice");
        }
    }
    for (worker, stage) in stages {
        assert!(stage.is_quiet().await);
        worker.stop().await;
    }
}
