//! Letters: carried to the mail server for as long as the worker runs.

use std::sync::Arc;

use belfry_tenancy::mail::{Carrier, Round};
use tokio_util::sync::CancellationToken;

use super::gauges::number;
use crate::worker::pause;
use crate::{Parts, Result};

pub(super) async fn run(parts: &Parts, stop: &CancellationToken) {
    let look = super::look(parts);
    let settings = &parts.settings;
    let (keys, clock) = (Arc::clone(&parts.keys), Arc::clone(&parts.clock));
    let carrier = match Carrier::new(parts.machinery.clone(), keys, clock, &settings.names(), &settings.mail)
    {
        Ok(carrier) => carrier,
        // The rest of the scheduler has its work; `belfry doctor` says the same.
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "no mail is sent");
            return stop.cancelled().await;
        }
    };
    loop {
        super::report("send letters", step(parts, &carrier).await);
        if !pause(look, stop).await {
            return;
        }
    }
}

async fn step(parts: &Parts, carrier: &Carrier) -> Result<()> {
    let Round { sent, kept, later, failed } = carrier.round().await?;
    for (outcome, letters) in [("sent", sent), ("kept", kept), ("later", later), ("failed", failed)] {
        if letters > 0 {
            metrics::counter!("belfry_mail_total", "outcome" => outcome).increment(letters);
        }
    }
    carrier.forget().await?;
    let counts = parts.machinery.mail_count().await?;
    metrics::gauge!("belfry_mail_waiting").set(number(counts.waiting));
    metrics::gauge!("belfry_mail_failed").set(number(counts.failed));
    Ok(())
}
