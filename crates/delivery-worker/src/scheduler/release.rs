//! What was parked goes back to its lane's queue when it is due. Its row stays until the outcome
//! of that attempt is recorded.

use std::collections::BTreeMap;

use belfry_model::{ActivityId, DeliverTo, DeliverV1, Lane, TenantId};
use belfry_queue::{Payload, QueueName};
use belfry_storage::Parked;
use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use crate::{Parts, Result};

/// Released in one go.
const PACE: u32 = 500;
/// An attempt that nobody has heard of by then is made again.
pub(super) const LEASE: TimeDelta = TimeDelta::minutes(10);

/// Urgent first; each lane while it is short of its mark: retries wait behind little, and hold
/// up little.
pub(super) async fn run(parts: &Parts, stop: &CancellationToken) -> Result<()> {
    for lane in Lane::ALL {
        while !stop.is_cancelled() && has_room(parts, *lane).await? {
            let now = parts.clock.now();
            let due = parts.machinery.parked_take(*lane, now, now + LEASE, PACE).await?;
            if due.is_empty() {
                break;
            }
            publish(parts, &due, false).await?;
        }
    }
    Ok(())
}

/// What belongs to one activity travels together.
pub(super) async fn publish(parts: &Parts, due: &[Parked], probe: bool) -> Result<()> {
    let mut groups: BTreeMap<(Lane, TenantId, ActivityId), Vec<DeliverTo>> = BTreeMap::new();
    for parked in due {
        groups.entry((parked.lane, parked.tenant, parked.activity)).or_default().push(parked.to.clone());
    }
    let mut lanes: BTreeMap<Lane, Vec<Payload>> = BTreeMap::new();
    for ((lane, tenant, activity), inboxes) in groups {
        let jobs = inboxes.chunks(parts.settings.delivery.batch.max(1)).map(|batch| {
            let inboxes = batch.to_vec();
            Payload::Deliver(DeliverV1 { tenant, activity, lane, inboxes, parked: true, probe, again: false })
        });
        lanes.entry(lane).or_default().extend(jobs);
    }
    for (lane, jobs) in lanes {
        parts.queue.publish(QueueName::Deliver(lane), &jobs).await?;
    }
    metrics::counter!("belfry_released_total").increment(u64::try_from(due.len()).unwrap_or(0));
    tracing::debug!(count = due.len(), probe, "released what was parked");
    Ok(())
}

async fn has_room(parts: &Parts, lane: Lane) -> Result<bool> {
    Ok(parts.queue.depth(QueueName::Deliver(lane)).await? < parts.settings.delivery.lane_mark)
}
