//! Private platforms to measure: made once with all accounts, then copied for each part of the
//! benchmark, so that no part meets what another left behind.

use std::path::PathBuf;

use anyhow::Result;

pub mod accounts;
mod gateway;
mod site;
pub mod visitor;
mod whole;
mod worker;

pub use gateway::{Gateway, Posted};
pub use site::{EMPTY, SETTINGS_OF_OURS, SHARED_DOMAIN, Site};
pub use whole::Whole;
pub use worker::Worker;

/// The services that `cargo xtask bench` has started, and the program that is measured.
#[derive(Debug, Clone, clap::Args)]
pub struct Services {
    /// The `belfry` program, a release build
    #[arg(long)]
    pub belfry: PathBuf,
    /// A superuser's address, without a database
    #[arg(long)]
    pub postgres: String,
    #[arg(long)]
    pub postgres_pid: u32,
    #[arg(long)]
    pub rabbitmq: String,
    #[arg(long)]
    pub rabbitmq_pid: u32,
    #[arg(long)]
    pub redis: String,
    #[arg(long)]
    pub redis_pid: u32,
    /// PostgreSQL's `psql`
    #[arg(long)]
    pub psql: PathBuf,
    /// For settings, keys and logs of this run
    #[arg(long)]
    pub folder: PathBuf,
}

/// A port that nobody listens on at this moment.
pub fn free_port() -> Result<u16> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    Ok(listener.local_addr()?.port())
}
