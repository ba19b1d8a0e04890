//! `belfry quota …`

mod set;
mod show;

use std::fmt;
use std::str::FromStr;

use belfry_model::{Measure, Quota, usage::Bytes};
use clap::{Args, Subcommand};
use serde::Serialize;

use super::{CommandError, Context};

#[derive(Debug, Subcommand)]
pub enum QuotaCommand {
    /// Show a tenant's plan, or the platform's.
    Show(show::Show),
    /// Change a tenant's plan, or the platform's: what every tenant has that has none of its own.
    ///
    /// It holds at once. What is beyond a smaller plan stays; no more is added.
    Set(set::Set),
}

pub async fn run(context: &Context, command: &QuotaCommand) -> Result<String, CommandError> {
    match command {
        QuotaCommand::Show(args) => show::run(context, args).await,
        QuotaCommand::Set(args) => set::run(context, args).await,
    }
}

/// A number, or `unlimited`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(Option<u64>);

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "unlimited" => Ok(Self(None)),
            number => number
                .parse()
                .map(|limit| Self(Some(limit)))
                .map_err(|_| "a whole number or `unlimited`".to_owned()),
        }
    }
}

/// Limits of a plan, those that are named.
#[derive(Debug, Default, Args)]
pub struct Limits {
    /// A number, or `unlimited`; so are the others.
    #[arg(long)]
    pub accounts: Option<Limit>,
    /// People who may sign in, with open invitations.
    #[arg(long)]
    pub staff: Option<Limit>,
    /// Of uploads with their previews.
    #[arg(long)]
    pub media_bytes: Option<Limit>,
    /// Posts and boosts a day (UTC). Urgent posts always go.
    #[arg(long)]
    pub posts_per_day: Option<Limit>,
    /// Once they are used up, no new post is accepted that day; what was accepted is delivered.
    #[arg(long)]
    pub deliveries_per_day: Option<Limit>,
}

impl Limits {
    fn named(&self) -> [(Measure, Option<Limit>); 5] {
        [
            (Measure::Accounts, self.accounts),
            (Measure::Staff, self.staff),
            (Measure::MediaBytes, self.media_bytes),
            (Measure::Posts, self.posts_per_day),
            (Measure::Deliveries, self.deliveries_per_day),
        ]
    }

    pub(super) fn any(&self) -> bool {
        self.named().iter().any(|(_, limit)| limit.is_some())
    }

    /// What isn't named stays as it is in this plan.
    pub(super) fn onto(&self, mut quota: Quota) -> Quota {
        for (measure, limit) in self.named() {
            if let Some(Limit(limit)) = limit {
                quota.set(measure, limit);
            }
        }
        quota
    }
}

/// `{"tenant": "moe" | null, "own_plan": true, "quota": {"accounts": 5 | null, "staff",
/// "media_bytes", "posts_per_day", "deliveries_per_day"}, "changed": false}`; the platform's plan has
/// no tenant.
#[derive(Debug, Serialize)]
struct Report {
    tenant: Option<String>,
    own_plan: bool,
    quota: Quota,
    changed: bool,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.tenant, self.own_plan) {
            (None, _) => writeln!(f, "The platform's plan, for every tenant without its own:")?,
            (Some(slug), true) => writeln!(f, "`{slug}` has a plan of its own:")?,
            (Some(slug), false) => writeln!(f, "`{slug}` has the platform's plan:")?,
        }
        for &measure in Measure::ALL {
            let limit = match (measure, self.quota.of(measure)) {
                (_, None) => "unlimited".to_owned(),
                (Measure::MediaBytes, Some(limit)) => format!("{limit} ({})", Bytes(limit)),
                (_, Some(limit)) => limit.to_string(),
            };
            writeln!(f, "  {:<12} {limit}", measure.as_str())?;
        }
        Ok(())
    }
}
