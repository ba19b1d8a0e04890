//! What healthy hosts notice of others that take a request and never answer.
//!
//! Each run has hosts and an account of its own: a host that hung before would be known. Runs
//! with none, 5 % and 10 % of the hosts hanging take turns, so that whatever else changes on the
//! machine changes all three.

use std::collections::HashSet;
use std::time::Instant;

use anyhow::{Context, Result};

use super::rate::USUAL;
use super::sizes::HOSTS;
use super::stage::Stage;
use super::{Bench, done};
use crate::clock::seconds_between;
use crate::figures::{HangingRun, Report};
use crate::platform::accounts::Account;
use crate::seed::{Crowd, Seed};
use crate::sink::protocol::Behaviour;
use crate::statistics::{median, percentile, ratio, rounded};

const PERCENT: [u32; 3] = [0, 5, 10];

/// One run's hosts.
#[derive(Debug, Clone, Copy)]
struct Run {
    percent: u32,
    crowd: Crowd,
}

pub async fn run(bench: &mut Bench, report: &mut Report) -> Result<()> {
    let began = Instant::now();
    let sizes = bench.sizes;
    let shares = PERCENT.iter().copied().cycle();
    let runs: Vec<Run> = (0..sizes.runs * 3)
        .zip(shares)
        .map(|(number, percent)| Run {
            percent,
            crowd: Crowd { first_host: number * HOSTS, hosts: HOSTS, people: sizes.hanging },
        })
        .collect();
    let (port, accounts) = (bench.sinks.port, bench.accounts.large.clone());
    let seeds = runs
        .iter()
        .zip(&accounts)
        .map(|(run, account)| Seed::new(run.crowd, port).follow(account, 1, run.crowd.people))
        .collect();
    bench.sinks.everywhere(USUAL).await?;
    let mut stage = Stage::open(bench, "hanging", seeds).await?;
    done(&format!("{} audiences of {}", runs.len(), sizes.hanging), began);

    let measured = async {
        stage.have_workers(1).await?;
        let began = Instant::now();
        for (run, account) in runs.into_iter().zip(&accounts) {
            report.raw.hanging.push(once(&mut stage, run, account).await?);
        }
        let medians = |percent: u32| {
            let runs = report.raw.hanging.iter().filter(|run| run.percent_hanging == percent);
            median(&runs.map(|run| run.median_seconds).collect::<Vec<_>>())
        };
        report.figures.healthy_latency_ratio_5 = ratio(medians(5), medians(0));
        report.figures.healthy_latency_ratio_10 = ratio(medians(10), medians(0));
        done("hanging hosts", began);
        Ok(())
    }
    .await;
    stage.end().await?;
    measured
}

async fn once(stage: &mut Stage<'_>, run: Run, account: &Account) -> Result<HangingRun> {
    let Run { percent, crowd } = run;
    let hung = hung(run);
    let healthy = crowd.people / HOSTS * (HOSTS - u32::try_from(hung.len())?);
    stage.bench.sinks.at(hung.iter().copied().collect(), Behaviour::Hang).await?;
    let posted = stage.post(account).await?;
    let what = format!("a post while {percent} % of hosts hang");
    stage.arrived(&posted, healthy, &what).await?;
    let arrivals = stage.bench.sinks.arrivals(&posted.activity).await?;
    // All is measured: who hangs is let go rather than waited for, and answers from now on, so
    // that retries a minute later cost the later runs next to nothing.
    stage.bench.sinks.at(hung.iter().copied().collect(), Behaviour::AtOnce).await?;
    stage.bench.sinks.release().await?;
    stage.settle().await;

    let latencies: Vec<f64> = arrivals
        .iter()
        .filter(|arrival| arrival.answered && !hung.contains(&arrival.host))
        .map(|arrival| seconds_between(posted.committed_us, arrival.arrived_us))
        .collect();
    let nothing = "nothing arrived";
    Ok(HangingRun {
        percent_hanging: percent,
        healthy_inboxes: healthy,
        median_seconds: rounded(median(&latencies).context(nothing)?),
        p95_seconds: rounded(percentile(&latencies, 95).context(nothing)?),
    })
}

/// Evenly among the run's hosts.
fn hung(Run { percent, crowd }: Run) -> HashSet<u32> {
    let count = crowd.hosts * percent / 100;
    (0..count).map(|number| crowd.first_host + number * crowd.hosts / count + 7).collect()
}

#[cfg(test)]
mod tests {
    use super::{Crowd, Run, hung};

    #[test]
    fn the_share_of_hosts_that_hang_is_as_asked() {
        let crowd = Crowd { first_host: 400, hosts: 200, people: 4_000 };
        for (percent, count) in [(0, 0), (5, 10), (10, 20)] {
            let hosts = hung(Run { percent, crowd });
            assert_eq!(hosts.len(), count);
            assert!(hosts.iter().all(|host| (400..600).contains(host)));
        }
    }
}
