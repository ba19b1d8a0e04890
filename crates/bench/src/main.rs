//! `belfry-bench`: measures the platform from outside, as release builds of its real parts.
//!
//! `cargo xtask bench` starts the services and calls this program. Nothing here is linked into
//! the platform, and the platform is seen only as an operator sees it: by its commands, its
//! settings, its client API and the CPU time that the system counts for its processes.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

mod clock;
mod delivery;
mod figures;
mod floor;
mod loopback;
mod picture;
mod platform;
mod process;
mod save;
mod seed;
mod signature;
mod sink;
mod statistics;
mod table;
mod targets;
mod tenants;
mod usage;

#[derive(Debug, Parser)]
#[command(name = "belfry-bench", about = "Measures the platform; `cargo xtask bench` calls it")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// How fast, how cheaply and how fairly posts leave
    Delivery(Box<delivery::Args>),
    /// What many agencies on one process cost: to make, to hold, to list
    Tenants(Box<tenants::Args>),
    /// Many remote servers in one process: takes whatever is posted and notes when
    Sink,
    /// Sign, digest and POST and nothing else: what no delivery can be cheaper than
    Floor(floor::Args),
}

fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            progress(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Result<ExitCode> {
    let mut runtime = match command {
        // As the worker's, one thread a core.
        Command::Floor(_) => tokio::runtime::Builder::new_multi_thread(),
        Command::Delivery(_) | Command::Tenants(_) | Command::Sink => {
            tokio::runtime::Builder::new_current_thread()
        }
    };
    let runtime = runtime.enable_all().build().context("starting the runtime")?;
    match command {
        Command::Delivery(args) => runtime.block_on(delivery::run(args)),
        Command::Tenants(args) => runtime.block_on(tenants::run(args)),
        Command::Sink => runtime.block_on(sink::run()).map(|()| ExitCode::SUCCESS),
        Command::Floor(args) => runtime.block_on(floor::run(args)).map(|()| ExitCode::SUCCESS),
    }
}

/// One line for the person who looks on.
fn progress(text: &str) {
    use std::io::Write;
    // Nobody is left to tell when the standard error is closed.
    drop(writeln!(std::io::stderr(), "{text}"));
}

/// One line for the program that called.
fn answer(text: &str) -> Result<()> {
    use std::io::Write;
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{text}")?;
    Ok(stdout.flush()?)
}
