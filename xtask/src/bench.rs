//! `cargo xtask bench`: release builds on private services, looked at from outside.
//!
//! This starts what the platform leans on, with a database that is as durable as in production;
//! `belfry-bench`, which is built like the rest, starts the platform and measures it.

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::Subcommand;

use crate::lifeline::Lifeline;
use crate::packages::{self, Need};
use crate::process;
use crate::progress::{self, Progress};
use crate::services::{Access, Instance, Part, postgres_program};
use crate::workspace::Workspace;

const INSTANCE: &str = "bench";

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// How cheaply, how fast and how fairly posts leave: docs/benchmarks/delivery.md
    Delivery(Delivery),
    /// What agencies on one process cost, to make, to hold, to list: docs/benchmarks/tenants.md
    Tenants(Tenants),
}

#[derive(clap::Args)]
struct Delivery {
    /// One JSON object on the standard output instead of a table
    #[arg(long)]
    json: bool,
    /// Write the picture and the results in docs/ anew
    #[arg(long, conflicts_with_all = ["trial", "only"])]
    save: bool,
    /// Small counts, to try the benchmark itself: the figures mean nothing
    #[arg(long)]
    trial: bool,
    /// Only these parts: cost, cold, rate, hanging, fairness
    #[arg(long, value_delimiter = ',', value_name = "PART")]
    only: Vec<String>,
}

#[derive(clap::Args)]
struct Tenants {
    /// One JSON object on the standard output instead of a table
    #[arg(long)]
    json: bool,
    /// Write the results in docs/ anew
    #[arg(long, conflicts_with_all = ["trial", "tenants"])]
    save: bool,
    /// Small counts, to try the benchmark itself: the figures mean nothing
    #[arg(long, conflicts_with = "tenants")]
    trial: bool,
    /// How many agencies there are in the end; 1,000 unless said otherwise
    #[arg(long, value_name = "N")]
    tenants: Option<usize>,
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<ExitCode> {
    let mut needs = Need::BUILD.to_vec();
    needs.extend(Part::ALL.map(Need::Server));
    packages::ensure(&needs)?;

    progress::line("Building for release; the first time takes some minutes …");
    process::run(workspace.cargo().args(["build", "--release", "--workspace", "--bins"]))?;

    if let Some(leftover) = Instance::existing(workspace, INSTANCE)? {
        leftover.down()?;
    }
    let lifeline = Lifeline::hold(Instance::open(workspace, INSTANCE, Access::Trust)?.durable()?)?;
    let instance = lifeline.instance();
    let progress = Progress::new();
    instance.up(&progress, &Part::ALL.map(|part| (part, None)))?;
    drop(progress);

    let (name, words) = match &args.what {
        What::Delivery(delivery) => ("delivery", delivery.words(workspace)),
        What::Tenants(tenants) => ("tenants", tenants.words(workspace)),
    };
    let mut bench = command(workspace, instance, name)?;
    bench.args(words);
    let mut child = bench.spawn().context("starting belfry-bench")?;
    // With everything that it starts: they are in one process group.
    instance.adopt("belfry-bench", &child)?;
    let status = child.wait()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Delivery {
    fn words(&self, workspace: &Workspace) -> Vec<String> {
        let mut words = Vec::new();
        words.extend(self.json.then(|| "--json".to_owned()));
        words.extend(self.trial.then(|| "--trial".to_owned()));
        if !self.only.is_empty() {
            words.push(format!("--only={}", self.only.join(",")));
        }
        words.extend(self.save.then(|| format!("--save={}", workspace.root.join("docs").display())));
        words
    }
}

impl Tenants {
    fn words(&self, workspace: &Workspace) -> Vec<String> {
        let mut words = Vec::new();
        words.extend(self.json.then(|| "--json".to_owned()));
        words.extend(self.trial.then(|| "--trial".to_owned()));
        words.extend(self.tenants.map(|tenants| format!("--tenants={tenants}")));
        words.extend(self.save.then(|| format!("--save={}", workspace.root.join("docs").display())));
        words
    }
}

/// `belfry-bench NAME` with where everything is.
fn command(workspace: &Workspace, instance: &Instance, name: &str) -> Result<Command> {
    let mut command = Command::new(workspace.released("belfry-bench"));
    command.arg(name).arg("--belfry").arg(workspace.released("belfry"));
    command.arg("--psql").arg(postgres_program("psql")?);
    command.arg("--folder").arg(workspace.target.join("bench"));
    for part in Part::ALL {
        let record = instance.record(part)?.context("the service has just started")?;
        let pid = record.pid().context("a service without a process")?;
        let key = part.key();
        command.args([format!("--{key}"), record.url, format!("--{key}-pid"), pid.to_string()]);
    }
    command.current_dir(&workspace.root).process_group(0);
    Ok(command)
}
