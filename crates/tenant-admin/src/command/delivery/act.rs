//! `belfry delivery park | release | replay | drop`: each says how many it changed.

use std::fmt;

use belfry_tenancy::By;
use belfry_tenancy::operate::Desk;
use chrono::{DateTime, SecondsFormat, Utc};
use clap::Args;
use serde::Serialize;

use super::Selection;
use super::until::Until;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Park {
    #[command(flatten)]
    pub selection: Selection,
    /// A time such as 2026-12-01T08:00:00Z, or a duration such as 2h; until released without it.
    #[arg(long, value_name = "TIME")]
    pub until: Option<Until>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Release {
    #[command(flatten)]
    pub selection: Selection,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Replay {
    #[command(flatten)]
    pub selection: Selection,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Drop {
    #[command(flatten)]
    pub selection: Selection,
    /// Do it.
    #[arg(long)]
    pub yes: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"parked": 96, "until": null}`
#[derive(Debug, Serialize)]
struct Parked {
    parked: u64,
    until: Option<DateTime<Utc>>,
}

/// `{"released": 96}`
#[derive(Debug, Serialize)]
struct Released {
    released: u64,
}

/// `{"replayed": 10}`
#[derive(Debug, Serialize)]
struct Replayed {
    replayed: u64,
}

/// `{"dropped": 0, "would_drop": 96}`: without `--yes` nothing is dropped, with it nothing is
/// left to be.
#[derive(Debug, Serialize)]
struct Dropped {
    dropped: u64,
    would_drop: u64,
}

pub(super) async fn park(context: &Context, args: &Park) -> Result<String, CommandError> {
    let (desk, filter) = (desk(context)?, args.selection.filter(context)?);
    let until = args.until.map(|until| until.after(desk.now));
    if let Some(until) = until.filter(|until| *until <= desk.now) {
        return Err(CommandError::Over(until));
    }
    render(args.json, &Parked { parked: desk.hold(&filter, until).await?, until })
}

pub(super) async fn release(context: &Context, args: &Release) -> Result<String, CommandError> {
    let (desk, filter) = (desk(context)?, args.selection.filter(context)?);
    render(args.json, &Released { released: desk.release(&filter).await? })
}

pub(super) async fn replay(context: &Context, args: &Replay) -> Result<String, CommandError> {
    let (desk, filter) = (desk(context)?, args.selection.filter(context)?);
    render(args.json, &Replayed { replayed: desk.replay(&filter).await? })
}

pub(super) async fn drop(context: &Context, args: &Drop) -> Result<String, CommandError> {
    let (desk, filter) = (desk(context)?, args.selection.filter(context)?);
    if filter.is_empty() {
        return Err(CommandError::DropsAll);
    }
    let report = if args.yes {
        Dropped { dropped: desk.give_up(&filter).await?, would_drop: 0 }
    } else {
        Dropped { dropped: 0, would_drop: desk.worker.delivery_count(&filter).await?.0 }
    };
    render(args.json, &report)
}

fn desk(context: &Context) -> Result<Desk<'_>, CommandError> {
    context.desk(By::command())
}

fn deliveries(count: u64) -> String {
    if count == 1 { "1 delivery".to_owned() } else { format!("{count} deliveries") }
}

impl fmt::Display for Parked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.parked, &self.until) {
            (0, _) => f.write_str("Nothing that matches waits, or all of it is held so already."),
            (count, Some(until)) => {
                write!(
                    f,
                    "Held until {}: {}.",
                    until.to_rfc3339_opts(SecondsFormat::Secs, true),
                    deliveries(count)
                )
            }
            (count, None) => {
                write!(f, "Held until `belfry delivery release`: {}.", deliveries(count))
            }
        }
    }
}

impl fmt::Display for Released {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.released {
            0 => f.write_str("Nothing that matches waits, or all of it is due already."),
            count => write!(f, "Due now: {}.", deliveries(count)),
        }
    }
}

impl fmt::Display for Replayed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.replayed {
            0 => f.write_str("Nothing that matches was refused or given up, or it is forgotten by now."),
            count => write!(f, "Due now, as if never tried: {}.", deliveries(count)),
        }
    }
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.dropped, self.would_drop) {
            (0, 0) => f.write_str("Nothing that matches waits: there is nothing to drop."),
            (0, count) => write!(f, "{} would be dropped. Add --yes to do it.", deliveries(count)),
            (count, _) => {
                write!(f, "Given up: {}. `belfry delivery replay` brings them back.", deliveries(count))
            }
        }
    }
}
