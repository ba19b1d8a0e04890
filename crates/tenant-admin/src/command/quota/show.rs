//! `belfry quota show`

use belfry_model::Slug;
use clap::Args;

use super::Report;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Show {
    /// The tenant; the platform's plan if left out.
    pub slug: Option<Slug>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn run(context: &Context, args: &Show) -> Result<String, CommandError> {
    let report = match &args.slug {
        None => Report {
            tenant: None,
            own_plan: false,
            quota: context.admin.quota_default().await?,
            changed: false,
        },
        Some(slug) => {
            let tenant = context.tenant_in_any_state(slug)?;
            let own = context.admin.quota_fetch(tenant.id).await?;
            let quota = match own {
                Some(quota) => quota,
                None => context.admin.quota_default().await?,
            };
            Report { tenant: Some(slug.to_string()), own_plan: own.is_some(), quota, changed: false }
        }
    };
    render(args.json, &report)
}
