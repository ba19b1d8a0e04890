//! The project's own commands, run as `cargo xtask …`.
//!
//! Invariant: nothing here links a C library, so that this program can be built before the
//! packages that the rest needs are there, and can install them.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod lifeline;
mod packages;
mod process;
mod progress;
mod services;
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
    /// Start, stop and look at private services, for tests and by hand
    Services(services::Args),
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
        Verb::Services(args) => services::run(&workspace, &args).map(|()| ExitCode::SUCCESS),
    }
}
