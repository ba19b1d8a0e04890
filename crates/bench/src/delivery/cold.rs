//! What the first delivery of a key costs: a worker that has never seen these keys posts once
//! from each, then once more. What the first time took longer is the keys' doing: everything
//! else (start, connections, caches of hosts) was warmed up by another account before.

use std::time::Instant;

use anyhow::{Context, Result};

use super::sizes::HOSTS;
use super::stage::Stage;
use super::{Bench, done};
use crate::figures::{Cold, Report};
use crate::platform::accounts::Account;
use crate::seed::{Crowd, Seed};
use crate::sink::protocol::Behaviour;
use crate::statistics::{median, rounded};

pub async fn run(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let began = Instant::now();
    let sizes = bench.sizes;
    let (warm, cold) = bench.accounts.large.split_first().context("no account was made")?;
    let keys = usize::try_from(sizes.keys)?;
    let (warm, cold): (Account, Vec<Account>) = (warm.clone(), cold.iter().take(keys).cloned().collect());
    let crowd = Crowd { first_host: 0, hosts: HOSTS, people: sizes.few };
    let mut seed = Seed::new(crowd, bench.sinks.port).follow(&warm, 1, sizes.few);
    for (account, person) in cold.iter().zip(1..) {
        seed = seed.follow(account, person, person);
    }
    let (starters, cold) = cold.split_at(cold.len() / 3);
    bench.sinks.everywhere(Behaviour::AtOnce).await?;
    let mut stage = Stage::open(bench, "cold", vec![seed]).await?;

    let measured = async {
        let mut samples = vec![stage.bench.unit.sample().await?];
        let (mut first, mut again) = (0.0, 0.0);
        for _ in 0..sizes.cold_rounds {
            stage.fresh_worker().await?;
            stage.warm_up(&warm, sizes.few).await?;
            // The pool's connections prepare each statement once, also those that open a key.
            once_from_each(&mut stage, starters).await?;
            first += once_from_each(&mut stage, cold).await?;
            again += once_from_each(&mut stage, cold).await?;
            samples.push(stage.bench.unit.sample().await?);
        }
        let signature = median(&samples).context("no sample of a signature")?;
        let keys = u32::try_from(cold.len())?;
        let extra = (first - again) / f64::from(keys * sizes.cold_rounds) / signature;
        report.figures.r_cold = report.figures.r_worker.map(|warm| rounded(warm + extra));
        report.raw.cold = Some(Cold {
            keys,
            rounds: sizes.cold_rounds,
            cpu_seconds_cold: rounded(first),
            cpu_seconds_warm: rounded(again),
            signature_ms: rounded(signature * 1000.0),
            extra: rounded(extra),
        });
        Ok(())
    }
    .await;
    stage.end().await?;
    done(&format!("{} cold keys", sizes.keys), began);
    measured
}

/// CPU seconds of the worker.
async fn once_from_each(stage: &mut Stage<'_>, accounts: &[Account]) -> Result<f64> {
    let before = stage.cpu()?.worker;
    let mut posts = Vec::new();
    for account in accounts {
        posts.push(stage.post(account).await?);
    }
    for posted in posts {
        stage.arrived(&posted, 1, "a post with a cold key").await?;
    }
    stage.settle().await;
    Ok(stage.cpu()?.worker - before)
}
