//! `belfry host …`: servers that are away, and setting one free.

mod list;
mod reset;
mod show;

use std::fmt;

use belfry_storage::HostTrouble;
use chrono::{DateTime, SecondsFormat, Utc};
use clap::Subcommand;
use serde::Serialize;

use super::{CommandError, Context};

#[derive(Debug, Subcommand)]
pub enum HostCommand {
    /// List the hosts that are down or gone.
    ///
    /// Those that are away for the longest time come first.
    List(list::List),
    /// Show what is known of one host, and what waits for it.
    Show(show::Show),
    /// Count a host as up again, and let what waits for it go.
    ///
    /// What an operator holds stays held. What was given up comes back with `belfry delivery replay`.
    Reset(reset::Reset),
}

pub async fn run(context: &Context, command: &HostCommand) -> Result<String, CommandError> {
    match command {
        HostCommand::List(args) => list::run(context, args).await,
        HostCommand::Show(args) => show::run(context, args).await,
        HostCommand::Reset(args) => reset::run(context, args).await,
    }
}

/// `{"host": "mastodon.example", "state": "down", "since": "…", "reason": "took too long",
/// "probe_at": "…", "probes": 3, "parked": 96, "dead": 0}`; of a host that is up, `since`,
/// `reason` and `probe_at` are `null`.
#[derive(Debug, Serialize)]
struct HostLine {
    host: String,
    state: String,
    since: Option<DateTime<Utc>>,
    reason: Option<String>,
    probe_at: Option<DateTime<Utc>>,
    probes: u32,
    parked: u64,
    dead: u64,
}

impl HostLine {
    fn of(trouble: HostTrouble) -> Self {
        Self {
            // What is gone is not probed.
            probe_at: Some(trouble.probe_at).filter(|_| trouble.state == "down"),
            host: trouble.host,
            state: trouble.state,
            since: Some(trouble.since),
            reason: Some(trouble.reason),
            probes: trouble.probes.unsigned_abs(),
            parked: trouble.parked.unsigned_abs(),
            dead: trouble.dead.unsigned_abs(),
        }
    }
}

impl fmt::Display for HostLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = |at: &DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        write!(f, "{:<30} {:<4}", self.host, self.state)?;
        if let Some(since) = &self.since {
            write!(f, " since {}", time(since))?;
        }
        if let Some(reason) = &self.reason {
            write!(f, " ({reason})")?;
        }
        write!(f, ", {} waiting, {} dead", self.parked, self.dead)?;
        match &self.probe_at {
            Some(at) => write!(f, ", tried next {} after {} probes", time(at), self.probes),
            None => Ok(()),
        }
    }
}
