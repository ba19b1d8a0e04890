//! Fan-out: one slice of one tenant's audience at a time, from the outbox into the queue.

mod room;
mod slice;

use std::time::Duration;

use belfry_model::Lane;
use belfry_queue::QueueName;
use belfry_storage::{Claim, Listener, OUTBOX, Turn};
use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use crate::worker::pause;
use crate::{Parts, Result};
use room::Room;

/// Whose turn it is when all lanes have work. `urgent` goes first most of the time, and leaves
/// the others a share.
const ROTATION: [Lane; 7] =
    [Lane::Urgent, Lane::Urgent, Lane::Normal, Lane::Urgent, Lane::Urgent, Lane::Normal, Lane::Bulk];
/// Looked at again this soon: nobody announces that a lane has room, nor that the last of a
/// thread's earlier outcomes is recorded.
const SOON: Duration = Duration::from_millis(20);
const AFTER_AN_ERROR: Duration = Duration::from_secs(1);

/// What came of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Served {
    Slice,
    /// Nothing waits in the lane.
    Idle,
    /// The lane's queue holds enough, or what waits in the lane can't be had at this moment.
    Soon,
}

pub(crate) async fn run(parts: &Parts, stop: &CancellationToken) {
    let look = Duration::from_secs(parts.settings.delivery.look_seconds.max(1));
    let mut listener = None;
    let mut rotation = ROTATION.into_iter().cycle();
    let mut room = Room::new(parts.settings.delivery.lane_mark);
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
        let wait = match round(parts, &mut room, first).await {
            Ok(Served::Slice) => continue,
            // A newcomer's post is announced, and doesn't wait for room.
            Ok(Served::Soon) => SOON,
            Ok(Served::Idle) => look,
            Err(error) => {
                warn(&error);
                pause(AFTER_AN_ERROR, stop).await;
                continue;
            }
        };
        let heard = async {
            match &mut listener {
                Some(listener) => listener.wait().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(wait) => {}
            heard = heard => if let Err(error) = heard {
                warn(&error);
                listener = None;
                pause(AFTER_AN_ERROR, stop).await;
            }
        }
    }
}

fn warn(error: &(dyn std::error::Error + 'static)) {
    tracing::warn!(error, "the fan-out is interrupted and goes on by itself");
}

/// One turn: of the lane whose turn it is, or else of the first that has something to do.
async fn round(parts: &Parts, room: &mut Room, first: Lane) -> Result<Served> {
    let others = Lane::ALL.iter().copied().filter(|lane| *lane != first);
    let mut served = Served::Idle;
    for lane in std::iter::once(first).chain(others) {
        match serve(parts, room, lane).await? {
            Served::Slice => return Ok(Served::Slice),
            Served::Soon => served = Served::Soon,
            Served::Idle => {}
        }
    }
    Ok(served)
}

async fn serve(parts: &Parts, room: &mut Room, lane: Lane) -> Result<Served> {
    let settings = &parts.settings.delivery;
    let usual = QueueName::Deliver(lane);
    let full = !room.has(&parts.queue, usual).await?;
    let turn = Turn {
        lane,
        now: parts.clock.now(),
        claim: TimeDelta::seconds(i64::try_from(settings.claim_seconds).unwrap_or(60).max(1)),
        newcomers_only: full,
        dearest: slice::cost(parts, settings.slice.into()).unwrap_or_default(),
    };
    let Some(claim) = parts.machinery.outbox_claim(turn).await? else {
        let soon = full || parts.machinery.outbox_waits(lane, turn.now).await?;
        return Ok(if soon { Served::Soon } else { Served::Idle });
    };
    let queue = match queue(parts, room, &claim, full).await {
        Ok(Some(queue)) => queue,
        Ok(None) => {
            parts.machinery.outbox_release(&claim, true).await?;
            return Ok(Served::Soon);
        }
        Err(error) => {
            parts.machinery.outbox_release(&claim, true).await?;
            return Err(error);
        }
    };
    match slice::publish(parts, &claim, queue).await {
        Ok(messages) => {
            room.used(queue, messages);
            Ok(Served::Slice)
        }
        Err(error) => {
            // Something may have been published all the same: the next claim has to know.
            parts.machinery.outbox_release(&claim, false).await?;
            Err(error)
        }
    }
}

/// Where the slice goes; `None` if there is no room for it.
async fn queue(parts: &Parts, room: &mut Room, claim: &Claim, full: bool) -> Result<Option<QueueName>> {
    let first = claim.newcomer && claim.lane == Lane::Normal;
    if first && room.has(&parts.queue, QueueName::DeliverFirst).await? {
        return Ok(Some(QueueName::DeliverFirst));
    }
    Ok((!full).then_some(QueueName::Deliver(claim.lane)))
}
