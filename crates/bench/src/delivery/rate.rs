//! Deliveries per second of one worker to hosts that take 100 ms to answer, as real ones do.

use std::time::Instant;

use anyhow::Result;

use super::sizes::HOSTS;
use super::stage::Stage;
use super::{Bench, done};
use crate::figures::Report;
use crate::seed::{Crowd, Seed};
use crate::sink::protocol::Behaviour;

/// What a host takes to answer, in milliseconds.
pub const USUAL: Behaviour = Behaviour::After(100);

pub async fn run(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let sizes = bench.sizes;
    let (few, many) = (bench.accounts.large(0)?.clone(), bench.accounts.large(1)?.clone());
    let crowd = Crowd { first_host: 0, hosts: HOSTS, people: sizes.many };
    let seed = Seed::new(crowd, bench.sinks.port).follow(&few, 1, sizes.few).follow(&many, 1, sizes.many);
    bench.sinks.everywhere(USUAL).await?;
    let mut stage = Stage::open(bench, "rate", vec![seed]).await?;

    let measured = async {
        stage.have_workers(1).await?;
        stage.warm_up(&few, sizes.few).await?;
        let began = Instant::now();
        let cost = stage.cost(&many, sizes.many, 1).await?;
        report.figures.per_second_100ms = Some(cost.per_second);
        report.raw.rate = Some(cost);
        done(&format!("a post to {} that take 100 ms", sizes.many), began);
        Ok(())
    }
    .await;
    stage.end().await?;
    measured
}
