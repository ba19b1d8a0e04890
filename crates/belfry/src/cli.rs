//! The command line. Every command takes `--config`; what prints a result takes `--json`.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::command;

/// Belfry: many public agencies on the fediverse, under one shared domain.
#[derive(Debug, Parser)]
#[command(name = "belfry", version, about, max_term_width = 100)]
pub struct Cli {
    /// Settings file; environment variables `BELFRY__SECTION__KEY` override it.
    #[arg(long, global = true, env = "BELFRY_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Bring the database's schema up to date (as the owner).
    Migrate(command::migrate::Migrate),
    /// Check settings, database roles and policies, queue, cache, media and clock.
    Doctor(command::doctor::Doctor),
    /// Check the settings, or print their schema or a sample.
    #[command(subcommand)]
    Settings(command::settings::SettingsCommand),
}
