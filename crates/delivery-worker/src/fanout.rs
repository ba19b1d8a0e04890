//! Fan-out: one slice of one tenant's audience at a time, from the outbox into the queue.

use std::time::Duration;

use belfry_model::{DeliverTo, DeliverV1, InboundV1, Lane, TenantScope};
use belfry_queue::{Payload, QueueName};
use belfry_storage::{Claim, Listener, OUTBOX};
use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use crate::worker::pause;
use crate::{Parts, Result};

/// Whose turn it is when all lanes have work. `urgent` goes first most of the time, and leaves
/// the others a share.
const ROTATION: [Lane; 7] =
    [Lane::Urgent, Lane::Urgent, Lane::Normal, Lane::Urgent, Lane::Urgent, Lane::Normal, Lane::Bulk];
/// A full lane is looked at again this soon: nobody announces that it has room.
const FULL: Duration = Duration::from_millis(100);
const AFTER_AN_ERROR: Duration = Duration::from_secs(1);

/// What came of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Served,
    /// Nothing waits in the lane.
    Idle,
    /// The lane's queue holds enough.
    Full,
}

pub(crate) async fn run(parts: &Parts, stop: &CancellationToken) {
    let look = Duration::from_secs(parts.settings.delivery.look_seconds.max(1));
    let mut listener = None;
    let mut rotation = ROTATION.into_iter().cycle();
    while !stop.is_cancelled() {
        if listener.is_none() {
            // Before looking: what is committed from now on is announced.
            listener = Listener::connect(&parts.machinery_url, &[OUTBOX])
                .await
                .inspect_err(|error| warn(error))
                .ok();
        }
        let first = rotation.next().unwrap_or(Lane::Normal);
        // Not cancelled in the middle: a claim is given back rather than left to run out.
        match round(parts, first).await {
            Ok(Turn::Served) => {}
            Ok(Turn::Full) => {
                pause(FULL, stop).await;
            }
            Ok(Turn::Idle) => {
                let heard = async {
                    match &mut listener {
                        Some(listener) => listener.wait().await,
                        None => std::future::pending().await,
                    }
                };
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(look) => {}
                    heard = heard => if let Err(error) = heard {
                        warn(&error);
                        listener = None;
                        pause(AFTER_AN_ERROR, stop).await;
                    }
                }
            }
            Err(error) => {
                warn(&error);
                pause(AFTER_AN_ERROR, stop).await;
            }
        }
    }
}

fn warn(error: &(dyn std::error::Error + 'static)) {
    tracing::warn!(error, "the fan-out is interrupted and goes on by itself");
}

/// One turn: of the lane whose turn it is, or else of the first that has something to do.
async fn round(parts: &Parts, first: Lane) -> Result<Turn> {
    let others = Lane::ALL.iter().copied().filter(|lane| *lane != first);
    let mut turn = Turn::Idle;
    for lane in std::iter::once(first).chain(others) {
        match serve(parts, lane).await? {
            Turn::Served => return Ok(Turn::Served),
            Turn::Full => turn = Turn::Full,
            Turn::Idle => {}
        }
    }
    Ok(turn)
}

async fn serve(parts: &Parts, lane: Lane) -> Result<Turn> {
    let now = parts.clock.now();
    let claim_seconds = i64::try_from(parts.settings.delivery.claim_seconds).unwrap_or(60);
    let until = now + TimeDelta::seconds(claim_seconds.max(1));
    let Some(claim) = parts.machinery.outbox_claim(lane, now, until).await? else { return Ok(Turn::Idle) };
    let served = match has_room(parts, lane).await {
        Ok(true) => slice(parts, &claim).await.map(|()| Turn::Served),
        Ok(false) => Ok(Turn::Full),
        Err(error) => Err(error),
    };
    if !matches!(served, Ok(Turn::Served)) {
        parts.machinery.outbox_release(&claim).await?;
    }
    served
}

async fn has_room(parts: &Parts, lane: Lane) -> Result<bool> {
    Ok(parts.queue.depth(QueueName::Deliver(lane)).await? < parts.settings.delivery.lane_mark)
}

/// Publishes the next slice, then moves the cursor. A crash in between repeats this slice.
async fn slice(parts: &Parts, claim: &Claim) -> Result<()> {
    let Some(scope) = TenantScope::of(claim.tenant) else {
        // The commons send nothing. Such a row can't be written, and must not stop the lane.
        tracing::error!(outbox = claim.id, "an outbox row names no tenant");
        parts.machinery.outbox_finish(claim, 0, parts.clock.now()).await?;
        return Ok(());
    };
    let limit = parts.settings.delivery.slice.max(1);
    let inboxes = parts.federation.audience_slice(scope, claim.activity, &claim.cursor, limit).await?;
    let last = u32::try_from(inboxes.len()).is_ok_and(|found| found < limit);
    let cursor = inboxes.last().cloned();
    let (ours, theirs): (Vec<_>, Vec<_>) =
        inboxes.into_iter().partition(|inbox| parts.federation.is_ours(inbox));
    publish(parts, claim, !ours.is_empty(), &theirs).await?;
    metrics::counter!("belfry_fanout_inboxes_total", "lane" => claim.lane.as_str())
        .increment(u64::try_from(theirs.len()).unwrap_or(0));
    let moved = match cursor {
        Some(cursor) if !last => parts.machinery.outbox_advance(claim, &cursor, theirs.len()).await?,
        Some(_) | None => parts.machinery.outbox_finish(claim, theirs.len(), parts.clock.now()).await?,
    };
    if !moved {
        tracing::warn!(outbox = claim.id, tenant = %claim.tenant, "a slice took longer than its claim and was doubled");
    }
    tracing::debug!(tenant = %claim.tenant, activity = %claim.activity, inboxes = theirs.len(), last, "fanned out");
    Ok(())
}

/// Neighbours are handed the activity once, whatever their number: who of them it concerns is
/// found out where it is applied.
async fn publish(parts: &Parts, claim: &Claim, neighbours: bool, inboxes: &[String]) -> Result<()> {
    if neighbours {
        let job = InboundV1::Neighbour { tenant: claim.tenant, activity: claim.activity };
        parts.queue.publish(QueueName::Inbound, &[Payload::Inbound(job)]).await?;
    }
    let batches: Vec<_> = inboxes
        .chunks(parts.settings.delivery.batch.max(1))
        .map(|batch| {
            Payload::Deliver(DeliverV1 {
                tenant: claim.tenant,
                activity: claim.activity,
                lane: claim.lane,
                inboxes: batch.iter().map(DeliverTo::first).collect(),
            })
        })
        .collect();
    Ok(parts.queue.publish(QueueName::Deliver(claim.lane), &batches).await?)
}
