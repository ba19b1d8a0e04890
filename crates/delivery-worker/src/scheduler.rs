//! Scheduler: what happens because time has passed. Any number may run; each step is safe to
//! run in several processes at once.

mod deletion;
mod expiry;
mod gauges;
mod mail;
mod moved;
mod probe;
mod proof;
mod release;
mod resume;

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::worker::pause;
use crate::{Parts, Result};

/// Letters and domains apart from the rest: a server that hangs keeps nothing else waiting.
pub(crate) async fn run(parts: &Parts, stop: &CancellationToken) {
    tokio::join!(steps(parts, stop), keys(parts, stop), mail::run(parts, stop), proof::run(parts, stop));
}

async fn steps(parts: &Parts, stop: &CancellationToken) {
    let look = look(parts);
    loop {
        report("delete agencies", deletion::run(parts).await);
        report("go on with resumed agencies", resume::run(parts).await);
        report("release what was parked", release::run(parts, stop).await);
        report("probe hosts that are down", probe::run(parts).await);
        report("follow inboxes that moved", moved::run(parts).await);
        report("forget what is old", expiry::run(parts).await);
        report("measure what waits", gauges::run(parts).await);
        if !pause(look, stop).await {
            return;
        }
    }
}

/// Beside the other steps: while agencies are made by the hundred there is no end to it, and
/// what is parked must not wait for that.
async fn keys(parts: &Parts, stop: &CancellationToken) {
    let look = look(parts);
    loop {
        tokio::select! {
            filled = top_up(parts) => report("fill the key pool", filled),
            () = stop.cancelled() => return,
        }
        if !pause(look, stop).await {
            return;
        }
    }
}

async fn top_up(parts: &Parts) -> Result<()> {
    parts.keys.top_up(u64::from(parts.settings.keys.pool_size)).await?;
    Ok(())
}

fn look(parts: &Parts) -> Duration {
    Duration::from_secs(parts.settings.delivery.look_seconds.max(1))
}

/// One step's failure doesn't keep the others from their work; it's tried again soon.
fn report(step: &'static str, result: Result<()>) {
    if let Err(error) = result {
        tracing::warn!(error = &error as &dyn std::error::Error, step, "a step of the scheduler failed");
    }
}
