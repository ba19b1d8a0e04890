//! Domains that bodies say are theirs: looked at when somebody asks, and again after some months.
//! A proof that has lapsed is recorded and switches nothing off.

use std::time::Duration;

use belfry_federation::proof::Prover;
use belfry_storage::row::DueProof;
use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use crate::worker::pause;
use crate::{Parts, Result};

/// Domains looked at side by side.
const AT_ONCE: u32 = 10;

pub(super) async fn run(parts: &Parts, stop: &CancellationToken) {
    let settings = &parts.settings.admission;
    let limit = Duration::from_secs(settings.proof_timeout_seconds.max(1));
    let prover = match parts.federation.prover(settings.dns_server, limit) {
        Ok(prover) => prover,
        // The rest of the scheduler has its work.
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "no domain is looked at");
            return stop.cancelled().await;
        }
    };
    loop {
        super::report("look at domains", step(parts, &prover).await);
        if !pause(super::look(parts), stop).await {
            return;
        }
    }
}

async fn step(parts: &Parts, prover: &Prover) -> Result<()> {
    loop {
        let now = parts.clock.now();
        // A worker that dies over it leaves the look to another.
        let again_at = now + TimeDelta::minutes(2);
        let due = parts.machinery.proof_take(now, again_at, AT_ONCE).await?;
        if due.is_empty() {
            return Ok(());
        }
        let looks = due.iter().map(|proof| look_at(parts, prover, proof));
        for looked in futures::future::join_all(looks).await {
            looked?;
        }
    }
}

async fn look_at(parts: &Parts, prover: &Prover, proof: &DueProof) -> Result<()> {
    let found = prover.prove(&proof.domain, &proof.token).await;
    let now = parts.clock.now();
    match found {
        Ok(method) => {
            let due = now + TimeDelta::days(parts.settings.admission.proof_days.max(1).into());
            parts.machinery.proof_found(proof.request_id, method.as_str(), now, due).await?;
        }
        Err(missing) => {
            let tomorrow = now + TimeDelta::days(1);
            parts.machinery.proof_missing(proof.request_id, missing.as_str(), now, tomorrow).await?;
        }
    }
    Ok(())
}
