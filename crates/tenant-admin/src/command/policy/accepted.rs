//! `belfry policy accepted`

use std::fmt;

use belfry_model::Slug;
use belfry_tenancy::policies;
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};
use crate::policy_entity::Acceptances;

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
#[serde(transparent)]
struct Report(Acceptances);

pub(super) async fn run(context: &Context, args: &Accepted) -> Result<String, CommandError> {
    let scope = context.tenant_in_any_state(&args.tenant)?.scope();
    let waiting = policies::waiting(&context.tenancy, scope).await?;
    let accepted = policies::accepted(&context.tenancy, scope, None, 0, u64::from(args.limit)).await?;
    let report = Report(Acceptances::new(waiting, accepted));
    render(args.json, &report)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.0.waiting {
            writeln!(f, "{:<40} has still to accept {}", one.email, one.policies.join(", "))?;
        }
        for one in &self.0.accepted {
            writeln!(f, "{:<40} accepted {} {} at {}", one.email, one.policy, one.version, one.at)?;
        }
        if self.0.waiting.is_empty() { f.write_str("Nobody has anything left to accept.") } else { Ok(()) }
    }
}
