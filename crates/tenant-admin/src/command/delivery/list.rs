//! `belfry delivery list`

use std::fmt;

use belfry_storage::DeliveryState;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Selection;
use super::line::DeliveryLine;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    pub selection: Selection,
    /// Only what waits, or only what was refused.
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
    /// Will be tried again.
    Waiting,
    /// Will not be tried again by itself.
    Refused,
}

/// `{"waiting": 96, "refused": 10, "deliveries": [{…}], "left_off": 56}`: counts of all that
/// match, and lines of the shape of [`DeliveryLine`].
#[derive(Debug, Serialize)]
struct Report {
    waiting: u64,
    refused: u64,
    deliveries: Vec<DeliveryLine>,
    left_off: u64,
}

pub(super) async fn run(context: &Context, args: &List) -> Result<String, CommandError> {
    let (worker, filter) = (context.worker()?, args.selection.filter(context)?);
    let state = args.state.map(|state| match state {
        State::Waiting => DeliveryState::Waiting,
        State::Refused => DeliveryState::Refused,
    });
    let (waiting, refused) = worker.delivery_count(&filter).await?;
    let (waiting, refused) = match args.state {
        None => (waiting, refused),
        Some(State::Waiting) => (waiting, 0),
        Some(State::Refused) => (0, refused),
    };
    let deliveries: Vec<_> = worker
        .delivery_list(&filter, state, args.limit)
        .await?
        .into_iter()
        .map(|stuck| {
            let tenant = context.tenancy.directory.by_id(stuck.tenant);
            let name = tenant.map_or_else(|| stuck.tenant.to_string(), |tenant| tenant.slug.to_string());
            DeliveryLine::of(stuck, name)
        })
        .collect();
    let shown = u64::try_from(deliveries.len()).unwrap_or(u64::MAX);
    let left_off = (waiting + refused).saturating_sub(shown);
    render(args.json, &Report { waiting, refused, deliveries, left_off })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.deliveries.is_empty() {
            return f.write_str(
                "Nothing that matches waits or was refused: it has arrived, is under way, or its dead letters have \
                 been forgotten.",
            );
        }
        self.deliveries.iter().try_for_each(|line| writeln!(f, "{line}"))?;
        write!(f, "{} waiting, {} refused", self.waiting, self.refused)?;
        match self.left_off {
            0 => Ok(()),
            more => write!(f, "; {more} not shown (--limit)"),
        }
    }
}
