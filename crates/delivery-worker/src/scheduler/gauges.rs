//! How much waits, and for how long: what an operator looks at first.

use belfry_model::Lane;
use belfry_queue::QueueName;

use crate::{Parts, Result};

pub(super) async fn run(parts: &Parts) -> Result<()> {
    let now = parts.clock.now();
    let backlog = parts.machinery.outbox_backlog().await?;
    for lane in Lane::ALL {
        let waiting = backlog.iter().find(|backlog| backlog.lane == *lane);
        let open = waiting.map_or(0, |backlog| backlog.open);
        let age = waiting.map_or(0, |backlog| (now - backlog.oldest).num_seconds().max(0));
        metrics::gauge!("belfry_outbox_open", "lane" => lane.as_str()).set(number(open));
        metrics::gauge!("belfry_outbox_age_seconds", "lane" => lane.as_str()).set(number(age.unsigned_abs()));
    }
    for name in QueueName::ALL {
        let depth = parts.queue.depth(name).await?;
        metrics::gauge!("belfry_queue_depth", "queue" => name.as_str()).set(number(depth));
    }
    metrics::gauge!("belfry_hosts_down").set(number(parts.machinery.host_state_count_down().await?));
    metrics::gauge!("belfry_parked").set(number(parts.machinery.parked_count().await?));
    metrics::gauge!("belfry_dead_letters").set(number(parts.machinery.dead_letter_count().await?));
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a gauge of more than 2^52 jobs may be off by one")]
pub(super) fn number(count: u64) -> f64 {
    count as f64
}
