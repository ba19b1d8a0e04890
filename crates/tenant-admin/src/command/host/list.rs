//! `belfry host list`

use std::fmt;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::HostLine;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct List {
    /// Only those that are down, or only those that are gone.
    #[arg(long)]
    pub state: Option<State>,
    /// How many lines at most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub limit: u32,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum State {
    /// Tried now and then; what is for it waits.
    Down,
    /// Away for so long that nothing is kept for it, until it speaks to us again.
    Gone,
}

/// `{"hosts": [{…}]}`
#[derive(Debug, Serialize)]
struct Report {
    hosts: Vec<HostLine>,
}

pub(super) async fn run(context: &Context, args: &List) -> Result<String, CommandError> {
    let state = args.state.map(|state| match state {
        State::Down => "down",
        State::Gone => "gone",
    });
    let hosts = context.worker()?.host_list(state, args.limit).await?;
    render(args.json, &Report { hosts: hosts.into_iter().map(HostLine::of).collect() })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.hosts.is_empty() {
            return f.write_str("No such host: every other one counts as up.");
        }
        self.hosts.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
