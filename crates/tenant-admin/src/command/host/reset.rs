//! `belfry host reset`

use std::fmt;

use belfry_model::Host;
use belfry_tenancy::By;
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Reset {
    /// Such as `mastodon.example`.
    pub host: Host,
    /// How many of the deliveries that wait become due each second.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub per_second: u32,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"host": "mastodon.example", "reset": true, "released": 96}`; `reset` is false for a host
/// that was up.
#[derive(Debug, Serialize)]
struct Report {
    host: Host,
    reset: bool,
    released: u64,
}

pub(super) async fn run(context: &Context, args: &Reset) -> Result<String, CommandError> {
    let done = context.desk(By::command())?.host_reset(&args.host, args.per_second).await?;
    render(args.json, &Report { host: args.host.clone(), reset: done.was_known, released: done.released })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let was = if self.reset { "counts as up again" } else { "was up already" };
        write!(f, "{} {was}; deliveries that become due now: {}.", self.host, self.released)
    }
}
