//! What a small agency notices of its neighbour's burst: how long its post takes to the last of
//! its inboxes while the neighbour has fifty posts under way, over the same on an idle system;
//! with one worker, then with three. The small agency's inboxes are at hosts of the burst.

use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::rate::USUAL;
use super::sizes::{HOSTS, Sizes};
use super::stage::Stage;
use super::{Bench, done};
use crate::clock::seconds_between;
use crate::figures::{Fairness, Report};
use crate::platform::Posted;
use crate::platform::accounts::Account;
use crate::seed::{Crowd, Seed};
use crate::statistics::{median, ratio, rounded};

const WORKERS: [usize; 2] = [1, 3];

pub async fn run(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let sizes = bench.sizes;
    let (large, small) = (bench.accounts.large(0)?.clone(), bench.accounts.small.clone());
    let crowd = Crowd { first_host: 0, hosts: HOSTS, people: sizes.many };
    let seed =
        Seed::new(crowd, bench.sinks.port).follow(&large, 1, sizes.many).follow(&small, 1, sizes.small);
    bench.sinks.everywhere(USUAL).await?;
    let mut stage = Stage::open(bench, "fairness", vec![seed]).await?;

    let measured = async {
        let began = Instant::now();
        let mut idle = Vec::new();
        for workers in WORKERS {
            stage.have_workers(workers).await?;
            stage.warm_up(&small, sizes.small).await?;
            idle.push(seconds(&mut stage, &small, sizes).await?);
        }
        done("a small agency's posts, idle", began);

        let began = Instant::now();
        stage.have_workers(WORKERS[0]).await?;
        let burst = burst(&mut stage, &large, sizes).await?;
        for (workers, idle) in WORKERS.into_iter().zip(idle) {
            stage.have_workers(workers).await?;
            let during = seconds(&mut stage, &small, sizes).await?;
            report.raw.fairness.push(during_burst(&mut stage, workers, idle, during, &burst, sizes).await?);
        }
        let figure = |workers: usize| {
            let run = report.raw.fairness.iter().find(|run| run.workers == workers)?;
            ratio(median(&run.burst_seconds), median(&run.idle_seconds))
        };
        let (one, three) = (figure(WORKERS[0]), figure(WORKERS[1]));
        report.figures.fairness_ratio_1_worker = one;
        report.figures.fairness_ratio_3_workers = three;
        report.figures.fairness_ratio = one.zip(three).map(|(one, three)| one.max(three));
        done("a small agency's posts during a burst", began);
        Ok(())
    }
    .await;
    stage.end().await?;
    measured
}

/// From commit to the last answer, of several posts one after the other.
async fn seconds(stage: &mut Stage<'_>, small: &Account, sizes: Sizes) -> Result<Vec<f64>> {
    let mut seconds = Vec::new();
    for _ in 0..sizes.runs {
        let posted = stage.post(small).await?;
        let count = stage.arrived(&posted, sizes.small, "the small agency's post").await?;
        seconds.push(rounded(seconds_between(posted.committed_us, count.last_answered_us)));
    }
    Ok(seconds)
}

/// Fifty posts, under way: the first of them is being delivered when this returns.
async fn burst(stage: &mut Stage<'_>, large: &Account, sizes: Sizes) -> Result<Vec<Posted>> {
    let mut burst = Vec::new();
    for _ in 0..sizes.burst {
        burst.push(stage.post(large).await?);
    }
    let first = burst.first().context("a burst of no posts")?;
    stage.arrived(first, sizes.small, "the first of the burst").await?;
    Ok(burst)
}

/// The figures, if the burst was still under way when the last of the small posts had arrived.
async fn during_burst(
    stage: &mut Stage<'_>,
    workers: usize,
    idle_seconds: Vec<f64>,
    burst_seconds: Vec<f64>,
    burst: &[Posted],
    sizes: Sizes,
) -> Result<Fairness> {
    let mut burst_taken = 0;
    for posted in burst {
        burst_taken += u64::from(stage.bench.sinks.count(&posted.activity).await?.taken);
    }
    let burst_deliveries = u64::from(sizes.burst) * u64::from(sizes.many);
    if burst_taken >= burst_deliveries {
        bail!("the burst had ended before the small agency's posts arrived: nothing was measured");
    }
    Ok(Fairness { workers, idle_seconds, burst_seconds, burst_deliveries, burst_taken })
}
