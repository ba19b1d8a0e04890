//! Outcomes into Postgres, many messages at once, and only then their acknowledgement.

use std::sync::Arc;
use std::time::Duration;

use belfry_storage::{End, Outcomes};
use tokio::sync::mpsc;

use crate::deliver::batch::Known;
use crate::deliver::intake::settle;
use crate::{Parts, Result};

/// Messages whose outcomes are written in one go.
const MOST: usize = 256;
/// Gathers what comes at nearly the same time; nobody waits for it but the broker.
const GATHER: Duration = Duration::from_millis(10);
/// A message that is given back is sent again to those who took it already. So the database is
/// given the time to come back first that a restart takes.
const TRIES: u32 = 16;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Until nobody is left who could know anything more.
pub(super) async fn run(parts: Arc<Parts>, mut known: mpsc::Receiver<Known>) {
    let mut some = Vec::with_capacity(MOST);
    while known.recv_many(&mut some, 1).await > 0 {
        tokio::time::sleep(GATHER).await;
        while some.len() < MOST
            && let Ok(more) = known.try_recv()
        {
            some.push(more);
        }
        record(&parts, std::mem::take(&mut some)).await;
    }
}

async fn record(parts: &Parts, known: Vec<Known>) {
    let (outcomes, deliveries): (Vec<Outcomes>, Vec<_>) =
        known.into_iter().map(|known| (known.outcomes, known.delivery)).unzip();
    let written = write(parts, &outcomes).await.inspect_err(|error| {
        tracing::error!(error = error as &dyn std::error::Error, "outcomes can't be recorded");
    });
    for delivery in deliveries.into_iter().flatten() {
        if written.is_ok() {
            settle(delivery.ack().await);
        } else {
            let after = parts.jitter.job(delivery.redeliveries);
            settle(delivery.retry(after).await);
        }
    }
    for outcome in &outcomes {
        for ended in &outcome.ends {
            if let End::Never { reason, .. } = &ended.end {
                tracing::info!(tenant = %outcome.tenant, host = ended.host, reason, "a delivery ends unsent");
            }
        }
    }
}

async fn write(parts: &Parts, outcomes: &[Outcomes]) -> Result<()> {
    let mut pause = FIRST_PAUSE;
    for _ in 1..TRIES {
        match parts.machinery.outcomes_record(outcomes, parts.clock.now()).await {
            Ok(()) => return Ok(()),
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "outcomes can't be recorded yet");
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
    Ok(parts.machinery.outcomes_record(outcomes, parts.clock.now()).await?)
}
