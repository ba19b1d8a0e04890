//! What was parked goes back to its lane's queue when it is due.

use std::collections::BTreeMap;

use belfry_model::{ActivityId, DeliverTo, DeliverV1, Lane, TenantId};
use belfry_queue::{Payload, QueueName};
use belfry_storage::Parked;
use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use crate::{Parts, Result};

/// Released in one go: a host that comes back after a week must not flood the lanes.
const PACE: u32 = 500;
/// A release that is not recorded by then is made again.
const LEASE: TimeDelta = TimeDelta::minutes(5);

pub(super) async fn run(parts: &Parts, stop: &CancellationToken) -> Result<()> {
    while !stop.is_cancelled() && has_room(parts).await? {
        let now = parts.clock.now();
        let due = parts.machinery.parked_take(now, now + LEASE, PACE).await?;
        if due.is_empty() {
            break;
        }
        for (lane, jobs) in batches(&due, parts.settings.delivery.batch.max(1)) {
            parts.queue.publish(QueueName::Deliver(lane), &jobs).await?;
        }
        // Only now that the queue has them. In between they may have failed again: then they
        // were parked with another time, and stay.
        parts.machinery.parked_delete(&due).await?;
        metrics::counter!("belfry_released_total").increment(u64::try_from(due.len()).unwrap_or(0));
        tracing::debug!(count = due.len(), "released what was parked");
    }
    Ok(())
}

/// While all lanes are short of their mark: retries wait behind little, and hold up little.
async fn has_room(parts: &Parts) -> Result<bool> {
    for lane in Lane::ALL {
        if parts.queue.depth(QueueName::Deliver(*lane)).await? >= parts.settings.delivery.lane_mark {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What belongs to one activity travels together.
fn batches(due: &[Parked], size: usize) -> BTreeMap<Lane, Vec<Payload>> {
    let mut groups: BTreeMap<(Lane, TenantId, ActivityId), Vec<DeliverTo>> = BTreeMap::new();
    for parked in due {
        groups.entry((parked.lane, parked.tenant, parked.activity)).or_default().push(parked.to.clone());
    }
    let mut lanes: BTreeMap<Lane, Vec<Payload>> = BTreeMap::new();
    for ((lane, tenant, activity), inboxes) in groups {
        let jobs = inboxes
            .chunks(size)
            .map(|batch| Payload::Deliver(DeliverV1 { tenant, activity, lane, inboxes: batch.to_vec() }));
        lanes.entry(lane).or_default().extend(jobs);
    }
    lanes
}
