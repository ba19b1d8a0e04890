//! `belfry-bench delivery`: how cheaply, how fast and how fairly posts leave.
//!
//! Each part has a platform of its own, copied from one that has accounts and nothing else. A
//! part that fails leaves its figures empty and the others untouched.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::figures::{Failed, Figures, Raw, Report};
use crate::platform::accounts::Accounts;
use crate::platform::{Services, Site};
use crate::process;
use crate::save;
use crate::signature::Unit;
use crate::sink::client::Sinks;
use crate::statistics::rounded;
use crate::table;

mod cold;
mod cost;
mod fairness;
mod hanging;
mod measure;
mod rate;
mod sizes;
mod stage;

use sizes::Sizes;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    services: Services,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Only these parts; the figures of the others are null
    #[arg(long, value_delimiter = ',', value_enum)]
    only: Vec<Part>,
    /// Small counts, to try the benchmark itself: the figures mean nothing
    #[arg(long)]
    trial: bool,
    /// Write picture and results into this `docs` folder
    #[arg(long, conflicts_with = "trial")]
    save: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// CPU per delivery at three sizes of audience, beside the floor
    Cost,
    /// What a key's first delivery costs
    Cold,
    /// Deliveries per second to hosts that take their time
    Rate,
    /// What healthy hosts notice of others that hang
    Hanging,
    /// What a small agency notices of a large one's burst
    Fairness,
}

/// What all parts share.
pub struct Bench {
    site: Site,
    accounts: Accounts,
    sinks: Sinks,
    unit: Unit,
    sizes: Sizes,
    /// Deliveries that were waited for, and how many of them never came.
    expected: u64,
    lost: u32,
}

pub async fn run(args: &Args) -> Result<ExitCode> {
    let began = Instant::now();
    process::allow_many_files();
    let sizes = if args.trial { Sizes::TRIAL } else { Sizes::FULL };
    let mut bench = Bench::prepare(args.services.clone(), sizes).await?;
    let mut report = Report {
        figures: Figures::default(),
        raw: Raw {
            cores: std::thread::available_parallelism()?.get(),
            trial: args.trial,
            hosts: sizes::HOSTS,
            settings: crate::platform::SETTINGS_OF_OURS.map(str::to_owned).to_vec(),
            ..Raw::default()
        },
    };
    for part in Part::value_variants() {
        if !args.only.is_empty() && !args.only.contains(part) {
            continue;
        }
        if let Err(error) = bench.run(*part, &mut report).await {
            crate::progress(&format!("✗ {part:?}: {error:#}"));
            report
                .raw
                .failed
                .push(Failed { part: format!("{part:?}").to_lowercase(), reason: format!("{error:#}") });
        }
    }
    bench.finish(&mut report).await?;
    report.raw.seconds = rounded(began.elapsed().as_secs_f64());
    if let Some(docs) = args.save.as_ref().filter(|_| report.raw.failed.is_empty()) {
        save::write(docs, &report)?;
    }
    crate::answer(&if args.json { serde_json::to_string(&report)? } else { table::of(&report) })?;
    Ok(if report.raw.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Bench {
    async fn prepare(services: Services, sizes: Sizes) -> Result<Self> {
        let began = Instant::now();
        let folder = &services.folder;
        std::fs::create_dir_all(folder.join("media"))
            .with_context(|| format!("making {}", folder.display()))?;
        let sinks = Sinks::start(&services.folder).await?;
        let site = Site::prepare(services).await?;
        let accounts = Accounts::make(&site, sizes.accounts()).await.context("making accounts")?;
        done(&format!("{} accounts", sizes.accounts()), began);
        let unit = Unit::new()?;
        Ok(Self { site, accounts, sinks, unit, sizes, expected: 0, lost: 0 })
    }

    async fn run(&mut self, part: Part, report: &mut Report) -> Result<()> {
        match part {
            Part::Cost => cost::run(self, report).await,
            Part::Cold => cold::run(self, report).await,
            Part::Rate => rate::run(self, report).await,
            Part::Hanging => hanging::run(self, report).await,
            Part::Fairness => fairness::run(self, report).await,
        }
    }

    async fn finish(&mut self, report: &mut Report) -> Result<()> {
        let totals = self.sinks.totals().await?;
        if self.expected > 0 {
            report.figures.lost = Some(self.lost);
            report.figures.duplicates = Some(totals.duplicates);
        }
        let (raw, spread) = (&mut report.raw, self.unit.spread());
        raw.deliveries_expected = self.expected;
        raw.sink = Some(totals);
        raw.sink_cpu_seconds = Some(rounded(self.sinks.cpu_seconds()?));
        raw.signature_ms_least = spread.map(|(least, _)| rounded(least * 1000.0));
        raw.signature_ms_greatest = spread.map(|(_, greatest)| rounded(greatest * 1000.0));
        Ok(())
    }
}

/// A line for the person who looks on.
fn done(what: &str, since: Instant) {
    crate::progress(&format!("✓ {what} ({:.1} s)", since.elapsed().as_secs_f64()));
}
