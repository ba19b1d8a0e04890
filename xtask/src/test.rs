//! `cargo xtask test [FILTER]`: every test, on private services.
//!
//! What tests may rely on, as environment variables:
//!
//! | variable | what it is |
//! |---|---|
//! | `BELFRY_TEST_POSTGRES` | a superuser's address, without a database |
//! | `BELFRY_TEST_REDIS` | `redis://…` |
//! | `BELFRY_TEST_AMQP` | `amqp://…` |
//! | `BELFRY_TEST_PYTHON` | a `python` that has toot, Mastodon.py and aiosmtpd; `toot` is beside it |
//! | `BELFRY_TEST_CHROMIUM` | a browser; not set where there is none |
//! | `BELFRY_TEST_XTASK` | this program, for tests that kill services of their own ([`crate::services`]) |

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::lifeline::Lifeline;
use crate::packages::{self, Need};
use crate::process;
use crate::progress::{self, Progress};
use crate::python;
use crate::services::{Access, Instance, Part};
use crate::workspace::Workspace;

#[derive(clap::Args, Default)]
pub struct Args {
    /// Only tests whose name contains this
    filter: Option<String>,
    /// Only the tests of this crate
    #[arg(long, short)]
    package: Option<String>,
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<ExitCode> {
    let mut needs = Need::BUILD.to_vec();
    needs.extend(Part::ALL.map(Need::Server));
    needs.push(Need::Python);
    packages::ensure(&needs)?;
    packages::try_ensure(Need::Browser);
    clear_leftovers(workspace)?;

    progress::line("Building the tests …");
    process::run(cargo_test(workspace, args).arg("--no-run"))?;

    let progress = Progress::new();
    let python = python::environment(workspace, &progress)?;
    let name = format!("test-{}", std::process::id());
    let lifeline = Lifeline::hold(Instance::open(workspace, &name, Access::Trust)?)?;
    let instance = lifeline.instance();
    instance.up(&progress, &Part::ALL.map(|part| (part, None)))?;
    drop(progress);

    let mut tests = cargo_test(workspace, args);
    // All crates' results are worth seeing, not just those up to the first that fails.
    tests.arg("--no-fail-fast");
    tests.args(&args.filter);
    for (variable, part) in [
        ("BELFRY_TEST_POSTGRES", Part::Postgres),
        ("BELFRY_TEST_REDIS", Part::Redis),
        ("BELFRY_TEST_AMQP", Part::Rabbitmq),
    ] {
        tests.env(variable, instance.record(part)?.context("the service has just started")?.url);
    }
    tests.env("BELFRY_TEST_PYTHON", python).env("BELFRY_TEST_XTASK", &workspace.xtask);
    if let Some(chromium) = packages::chromium() {
        tests.env("BELFRY_TEST_CHROMIUM", chromium);
    }
    let status = tests.status().context("starting cargo test")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn cargo_test(workspace: &Workspace, args: &Args) -> std::process::Command {
    let mut cargo = workspace.cargo();
    cargo.arg("test");
    match &args.package {
        Some(package) => cargo.args(["--package", package]),
        // Always the whole workspace: one crate alone would build many others with other features.
        None => cargo.arg("--workspace"),
    };
    cargo
}

/// The services of a run that was killed together with its watcher.
fn clear_leftovers(workspace: &Workspace) -> Result<()> {
    for name in Instance::names(workspace) {
        let owner = name.strip_prefix("test-").and_then(|pid| pid.parse::<u32>().ok());
        if owner.is_some_and(|pid| !std::path::Path::new(&format!("/proc/{pid}")).exists())
            && let Some(instance) = Instance::existing(workspace, &name)?
        {
            instance.down()?;
        }
    }
    Ok(())
}
