//! `belfry-bench tenants`: what agencies on one process cost: to make, to hold, to list.
//!
//! One platform grows in steps. At each step the process is started anew, so that its memory is
//! that of the agencies and not of how they were made, and the same pages are asked for.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::platform::{EMPTY, Services, Site, Whole, visitor};
use crate::statistics::{median, percentile, ratio, rounded};

mod figures;
mod grow;
mod look;
mod save;
mod table;

use figures::{Figures, Raw, Report};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    services: Services,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// How many agencies there are in the end
    #[arg(long, default_value_t = 1_000)]
    tenants: usize,
    /// Small counts, to try the benchmark itself: the figures mean nothing
    #[arg(long)]
    trial: bool,
    /// Write the results into this `docs` folder
    #[arg(long, conflicts_with = "trial")]
    save: Option<PathBuf>,
}

/// What is few, and where the curve begins.
const FEW: usize = 10;
const TRIAL: usize = 30;

/// What deviates from the defaults, as it is printed beside the figures.
const SETTINGS: [&str; 3] = [
    "platform.scheme = \"http\"",
    "federation.allowed_private_networks = [\"127.0.0.0/8\"]",
    "log.filter = \"warn\"",
];

pub async fn run(args: &Args) -> Result<ExitCode> {
    let began = Instant::now();
    let most = if args.trial { TRIAL } else { args.tenants.max(FEW * 2) };
    let folder = &args.services.folder;
    std::fs::create_dir_all(folder.join("media")).with_context(|| format!("making {}", folder.display()))?;
    let site = Site::prepare(args.services.clone()).await?;
    let mut report = Report {
        figures: Figures { tenants: Some(most), ..Figures::default() },
        raw: Raw {
            cores: std::thread::available_parallelism()?.get(),
            trial: args.trial,
            settings: SETTINGS.map(str::to_owned).to_vec(),
            ..Raw::default()
        },
    };
    measure(&site, most, &mut report).await?;
    report.raw.seconds = rounded(began.elapsed().as_secs_f64());
    if let Some(docs) = &args.save {
        save::write(docs, &report)?;
    }
    crate::answer(&if args.json { serde_json::to_string(&report)? } else { table::of(&report) })?;
    Ok(ExitCode::SUCCESS)
}

async fn measure(site: &Site, most: usize, report: &mut Report) -> Result<()> {
    let whole = Whole::start(site, EMPTY, Some(grow::keys_for(most))).await?;
    for number in 1..=FEW {
        grow::tenant(site, number).await?;
    }
    let lead = grow::slug(1);
    let words = ["staff", "invite", "lead@bench.example", "--tenant", &lead, "--role", "lead"];
    let session = visitor::sign_in(&whole, &lead, &site.ask(&words).await?).await?;
    grow::wait_for_keys(site, grow::keys_for(most - FEW)).await?;
    whole.stop().await?;

    let raw = &mut report.raw;
    raw.steps.push(look::at(site, FEW, &session).await?);
    let mut transactions = grow::transactions(site).await?;
    let middle = most / 10;
    let mut known = FEW;
    for step in [middle, most].into_iter().filter(|&step| step > FEW) {
        let whole = Whole::start(site, EMPTY, None).await?;
        raw.provision_ms.extend(grow::from(site, &whole, known, step).await?);
        report.figures.rss_mb = Some(rounded(whole.resident_kib()? / 1024.0));
        whole.stop().await?;
        known = step;
        transactions.extend(grow::transactions(site).await?);
        raw.steps.push(look::at(site, step, &session).await?);
    }

    let figures = &mut report.figures;
    figures.provision_ms_median = median(&raw.provision_ms).map(rounded);
    figures.provision_ms_p99 = percentile(&raw.provision_ms, 99).map(rounded);
    raw.transaction_ms_median = median(&transactions).map(rounded);
    raw.transaction_ms_p99 = percentile(&transactions, 99).map(rounded);
    raw.provision_in_transactions = ratio(figures.provision_ms_median, raw.transaction_ms_median);
    figures.idle_tenant_kib = look::idle_tenant_kib(&raw.steps).map(rounded);
    figures.list_page_ratio = look::worst_ratio(&raw.steps);
    Ok(())
}
