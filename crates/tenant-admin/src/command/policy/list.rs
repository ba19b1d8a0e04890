//! `belfry policy list`

use std::fmt;

use belfry_model::{PolicyKind, Slug};
use belfry_tenancy::policies;
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};
use crate::policy_entity::PolicyEntity;

#[derive(Debug, Args)]
pub struct List {
    /// The slug of a tenant; without it the baseline.
    #[arg(long)]
    pub tenant: Option<Slug>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"policies": [{"policy": "rules", "version": "3.2", "effective_on": "2026-01-31", "demands": true,
/// "announced": "4.2"}]}`; of the baseline a version is one number. `null` where nothing is published.
#[derive(Debug, Serialize)]
struct Report {
    policies: Vec<PolicyEntity>,
}

pub(super) async fn run(context: &Context, args: &List) -> Result<String, CommandError> {
    let policies = match &args.tenant {
        Some(slug) => {
            let tenant = context.tenant_in_any_state(slug)?;
            let heads = policies::heads(&context.tenancy, tenant.scope()).await?;
            heads
                .into_iter()
                .map(|(policy, now, coming)| PolicyEntity::of_tenant(policy, now, coming))
                .collect()
        }
        None => baseline(context).await?,
    };
    render(args.json, &Report { policies })
}

async fn baseline(context: &Context) -> Result<Vec<PolicyEntity>, CommandError> {
    let heads = context.admin.policy_baseline_heads(None).await?;
    let today = context.tenancy.clock.now().date_naive();
    Ok(PolicyKind::ALL.iter().map(|&policy| PolicyEntity::of_baseline(policy, &heads, today)).collect())
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.policies.iter().try_for_each(|line| {
            write!(f, "{:<24}", line.policy.as_str())?;
            match (&line.version, line.effective_on) {
                (Some(version), Some(day)) => write!(f, " {version:<6} since {day}")?,
                _ => write!(f, " not published")?,
            }
            if line.demands {
                write!(f, ", accepted before posting")?;
            }
            if let Some(announced) = &line.announced {
                write!(f, ", {announced} is announced")?;
            }
            writeln!(f)
        })
    }
}
