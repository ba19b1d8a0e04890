//! `belfry quota set`

use belfry_model::Slug;
use belfry_tenancy::{By, usage};
use clap::{ArgGroup, Args};

use super::{Limits, Report};
use crate::command::{CommandError, Context, render};

/// What isn't named stays as it is in the plan that holds now.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("change").required(true).multiple(true).args(
    ["accounts", "staff", "media_bytes", "posts_per_day", "deliveries_per_day", "inherit"]
)))]
pub struct Set {
    /// The tenant; the platform's plan if left out.
    pub slug: Option<Slug>,
    #[command(flatten)]
    pub limits: Limits,
    /// Give the tenant the platform's plan again.
    #[arg(long, requires = "slug", conflicts_with_all =
        ["accounts", "staff", "media_bytes", "posts_per_day", "deliveries_per_day"])]
    pub inherit: bool,
    /// Why, for the record; the tenant sees it.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn run(context: &Context, args: &Set) -> Result<String, CommandError> {
    let by = By::command().because(&args.reason);
    let admin = &context.admin;
    let platform = admin.quota_default().await?;
    let Some(slug) = &args.slug else {
        let quota = args.limits.onto(platform);
        let changed = usage::quota_default_set(admin, quota, &by).await?;
        return render(args.json, &Report { tenant: None, own_plan: false, quota, changed });
    };
    let tenant = context.tenant_in_any_state(slug)?;
    let own = if args.inherit {
        None
    } else {
        Some(args.limits.onto(admin.quota_fetch(tenant.id).await?.unwrap_or(platform)))
    };
    let changed = usage::quota_set(admin, &tenant, own, &by).await?;
    let quota = own.unwrap_or(platform);
    render(args.json, &Report { tenant: Some(slug.to_string()), own_plan: own.is_some(), quota, changed })
}
