//! The project's own commands, run as `cargo xtask …`.
//!
//! Invariant: nothing here links a C library, so that this program can be built before the
//! packages that the rest needs are there, and can install them.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod check;
mod demo;
mod generate;
mod http;
mod lifeline;
mod packages;
mod process;
mod progress;
mod python;
mod screenshots;
mod services;
mod test;
mod tidy;
mod workspace;

use workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Belfry's own commands")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// See it work: two agencies under one domain, a post that arrives
    Demo(demo::Args),
    /// Run the tests, on private services that are started for it
    Test(test::Args),
    /// Measure the platform, as release builds on private services
    Bench(bench::Args),
    /// Look at the code without running it: format, lints, house rules, generated files
    Check,
    /// What has to pass before a change is merged: check, then test
    Ci,
    /// Start, stop and look at private services, for tests and by hand
    Services(services::Args),
    /// Take the pictures of the documentation anew
    Screenshots,
    /// Write the reference pages that are made from the code
    Generate,
    /// The rules of the house alone: layers, files, one TLS stack
    Tidy,
}

fn main() -> ExitCode {
    match run(Cli::parse().verb) {
        Ok(code) => code,
        Err(error) => {
            progress::line(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(verb: Verb) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::find()?;
    match verb {
        Verb::Demo(args) => return demo::run(&workspace, &args),
        Verb::Test(args) => return test::run(&workspace, &args),
        Verb::Screenshots => return screenshots::run(&workspace),
        Verb::Bench(args) => return bench::run(&workspace, &args),
        Verb::Check => check::run(&workspace)?,
        Verb::Ci => {
            check::run(&workspace)?;
            return test::run(&workspace, &test::Args::default());
        }
        Verb::Services(args) => services::run(&workspace, &args)?,
        Verb::Generate => generate::run(&workspace)?,
        Verb::Tidy => tidy::run(&workspace)?,
    }
    Ok(ExitCode::SUCCESS)
}
