//! `belfry tenant show`

use std::fmt;

use belfry_model::Slug;
use belfry_tenancy::account;
use clap::Args;
use serde::Serialize;

use super::list::TenantLine;
use crate::command::account::AccountLine;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Show {
    pub slug: Slug,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// The tenant's own fields and `"accounts": [{…}]`.
#[derive(Debug, Serialize)]
struct Report {
    #[serde(flatten)]
    tenant: TenantLine,
    accounts: Vec<AccountLine>,
}

/// In any state: what is not complete is what one wants to look at.
pub(super) async fn run(context: &Context, args: &Show) -> Result<String, CommandError> {
    let tenancy = &context.tenancy;
    let tenant = context.tenant_in_any_state(&args.slug)?;
    let accounts = account::list(tenancy, tenant.scope()).await?;
    let report = Report {
        tenant: TenantLine::of(&tenant),
        accounts: accounts.iter().map(|actor| AccountLine::of(actor, &tenancy.names)).collect(),
    };
    render(args.json, &report)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.tenant)?;
        self.accounts.iter().try_for_each(|account| writeln!(f, "  {account}"))
    }
}
