//! `belfry staff disable` and `enable`

use belfry_model::Slug;
use belfry_tenancy::staff::manage;
use belfry_tenancy::{By, EmailAddress};
use clap::Args;

use super::{PersonLine, person};
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Who {
    pub email: EmailAddress,
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn disable(context: &Context, args: &Who) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.tenant)?;
    let id = person(context, &tenant, &args.email).await?.id;
    let by = By::command().because(&args.reason);
    manage::shut_out(&context.tenancy, &tenant, id, (&by).into()).await?;
    render(args.json, &PersonLine::of(context, &tenant, &args.email).await?)
}

pub(super) async fn enable(context: &Context, args: &Who) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.tenant)?;
    let id = person(context, &tenant, &args.email).await?.id;
    let by = By::command().because(&args.reason);
    manage::let_in(&context.tenancy, &tenant, id, (&by).into()).await?;
    render(args.json, &PersonLine::of(context, &tenant, &args.email).await?)
}
