//! CPU per delivery at three sizes of audience, with the floor measured before and after the
//! middle one; the worker's memory at the largest.

use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::sizes::HOSTS;
use super::stage::Stage;
use super::{Bench, done};
use crate::figures::{Cost, FloorRun, Report};
use crate::floor::Floor;
use crate::process;
use crate::seed::{Crowd, Seed};
use crate::sink::protocol::Behaviour;
use crate::statistics::{median, ratio, rounded};

pub async fn run(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let began = Instant::now();
    let sizes = bench.sizes;
    let (few, many, most) = (
        bench.accounts.large(0)?.clone(),
        bench.accounts.large(1)?.clone(),
        bench.accounts.large(2)?.clone(),
    );
    let crowd = Crowd { first_host: 0, hosts: HOSTS, people: sizes.most };
    let seed = Seed::new(crowd, bench.sinks.port)
        .follow(&few, 1, sizes.few)
        .follow(&many, 1, sizes.many)
        .follow(&most, 1, sizes.most);
    bench.sinks.everywhere(Behaviour::AtOnce).await?;
    let mut stage = Stage::open(bench, "cost", vec![seed]).await?;
    done(&format!("{} followers", sizes.most), began);

    let measured = async {
        stage.fresh_worker().await?;
        let body_bytes = stage.warm_up(&few, sizes.few).await?.body_bytes;
        let began = Instant::now();
        report.raw.cost.push(stage.cost(&few, sizes.few, sizes.posts_to_few).await?);
        done(&format!("{} posts to {}", sizes.posts_to_few, sizes.few), began);

        floor(&mut stage, body_bytes, &mut report.raw.floor).await?;
        let began = Instant::now();
        let cost = stage.cost(&many, sizes.many, 1).await?;
        report.figures.r_worker = Some(cost.r_worker);
        report.figures.r_all = Some(cost.r_all);
        report.raw.cost.push(cost);
        done(&format!("a post to {}", sizes.many), began);
        floor(&mut stage, body_bytes, &mut report.raw.floor).await?;
        let floors: Vec<f64> = report.raw.floor.iter().map(|run| run.r_floor).collect();
        report.figures.r_floor = median(&floors).map(rounded);

        // Memory is asked for as the most there ever was, so of a worker that did nothing else.
        stage.fresh_worker().await?;
        stage.warm_up(&few, sizes.few).await?;
        let began = Instant::now();
        report.raw.cost.push(stage.cost(&most, sizes.most, 1).await?);
        report.figures.worker_rss_mb = Some(rounded(stage.worker_high_water_mb()?));
        done(&format!("a post to {}", sizes.most), began);
        let r = |cost: Option<&Cost>| cost.map(|cost| cost.r_worker);
        report.figures.cpu_growth_100k = ratio(r(report.raw.cost.last()), r(report.raw.cost.first()));
        Ok(())
    }
    .await;
    stage.end().await?;
    measured
}

/// A process of its own, so that its CPU time is the floor's and nobody else's.
async fn floor(stage: &mut Stage<'_>, body_bytes: u64, runs: &mut Vec<FloorRun>) -> Result<()> {
    let began = Instant::now();
    let before = stage.bench.unit.sample().await?;
    let mut command = process::this_program()?;
    command.arg("floor").args(["--hosts", &HOSTS.to_string()]);
    command.args(["--port", &stage.bench.sinks.port.to_string()]);
    command.args(["--deliveries", &stage.bench.sizes.floor.to_string()]);
    command.args(["--body-bytes", &body_bytes.to_string()]);
    let text = process::output(&mut command, "the floor").await?;
    let after = stage.bench.unit.sample().await?;
    let floor: Floor = serde_json::from_str(&text).with_context(|| format!("the floor printed: {text}"))?;
    if floor.failed > 0 {
        bail!("{} of the floor's {} requests failed", floor.failed, floor.deliveries);
    }
    let r_floor = floor.cpu_seconds / f64::from(floor.deliveries) / f64::midpoint(before, after);
    runs.push(FloorRun {
        floor,
        signature_ms_before: rounded(before * 1000.0),
        signature_ms_after: rounded(after * 1000.0),
        r_floor: rounded(r_floor),
    });
    done("the floor", began);
    Ok(())
}
