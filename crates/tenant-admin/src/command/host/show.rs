//! `belfry host show`

use belfry_model::Host;
use clap::Args;

use super::HostLine;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Show {
    /// Such as `mastodon.example`.
    pub host: Host,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// A host that nothing is known against is up, also one that nobody has heard of.
pub(super) async fn run(context: &Context, args: &Show) -> Result<String, CommandError> {
    let report = context.worker()?.host_report(args.host.as_str()).await?;
    let line = match report.trouble {
        Some(trouble) => HostLine::of(trouble),
        None => HostLine {
            host: args.host.to_string(),
            state: "up".to_owned(),
            since: None,
            reason: None,
            probe_at: None,
            probes: 0,
            parked: report.parked,
            dead: report.dead,
        },
    };
    render(args.json, &line)
}
