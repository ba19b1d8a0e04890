//! `belfry policy accepted`

use std::fmt;

use belfry_model::{Edition, Slug};
use belfry_tenancy::policies;
use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Accepted {
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// At most so many acceptances, the latest first.
    #[arg(long, default_value_t = 100)]
    pub limit: u32,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"waiting": [{"email", "policies": ["rules 3.2"]}], "accepted": [{"email", "policy", "version", "at"}]}`
#[derive(Debug, Serialize)]
struct Report {
    waiting: Vec<Waiting>,
    accepted: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Waiting {
    email: String,
    policies: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Line {
    email: String,
    policy: String,
    version: Edition,
    at: DateTime<Utc>,
}

pub(super) async fn run(context: &Context, args: &Accepted) -> Result<String, CommandError> {
    let scope = context.tenant_in_any_state(&args.tenant)?.scope();
    let waiting = policies::waiting(&context.tenancy, scope).await?;
    let accepted = policies::accepted(&context.tenancy, scope, None, 0, u64::from(args.limit)).await?;
    let named = |one: policies::Waiting| Waiting {
        email: one.staff.email,
        policies: one.policies.iter().map(|(policy, edition)| format!("{policy} {edition}")).collect(),
    };
    let line = |one: belfry_storage::Acceptance| Line {
        version: Edition { baseline: one.baseline, addition: one.addition },
        email: one.email,
        policy: one.policy,
        at: one.accepted_at,
    };
    let report = Report {
        waiting: waiting.into_iter().map(named).collect(),
        accepted: accepted.into_iter().map(line).collect(),
    };
    render(args.json, &report)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.waiting {
            writeln!(f, "{:<40} has still to accept {}", one.email, one.policies.join(", "))?;
        }
        for one in &self.accepted {
            writeln!(f, "{:<40} accepted {} {} at {}", one.email, one.policy, one.version, one.at)?;
        }
        if self.waiting.is_empty() { f.write_str("Nobody has anything left to accept.") } else { Ok(()) }
    }
}
