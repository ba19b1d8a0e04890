//! `belfry staff reset-factor`

use belfry_tenancy::By;
use belfry_tenancy::staff::own;

use super::out::Who;
use super::{PersonLine, person};
use crate::command::{CommandError, Context, render};

pub(super) async fn run(context: &Context, args: &Who) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.tenant)?;
    let id = person(context, &tenant, &args.email).await?.id;
    let by = By::command().because(&args.reason);
    own::reset_factor(&context.tenancy, &tenant, id, (&by).into()).await?;
    render(args.json, &PersonLine::of(context, &tenant, &args.email).await?)
}
