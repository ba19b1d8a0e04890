//! `belfry account create`

use std::fmt;

use belfry_model::{AccountKind, Slug, Username};
use belfry_tenancy::account::{self, NewAccount};
use belfry_tenancy::{By, official};
use clap::Args;
use serde::Serialize;

use super::AccountLine;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Create {
    /// The local part of the handle, such as `press`.
    pub handle: Username,
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// Who speaks through it: organisation, role, team or person.
    #[arg(long, default_value_t = AccountKind::Team)]
    pub kind: AccountKind,
    /// What it is called; its handle if left out.
    #[arg(long)]
    pub display_name: Option<String>,
    /// Give it the handle on the shared domain as well. Of an account that is there already
    /// this renames it for followers' servers.
    #[arg(long)]
    pub official: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// The account's fields, with the shape of [`AccountLine`], and `"created": true`.
#[derive(Debug, Serialize)]
struct Report {
    #[serde(flatten)]
    account: AccountLine,
    /// `false` for one that was there and got its official handle now.
    created: bool,
}

pub(super) async fn run(context: &Context, args: &Create) -> Result<String, CommandError> {
    let tenancy = &context.tenancy;
    let tenant = context.tenant(&args.tenant)?;
    let there = account::find(tenancy, tenant.scope(), &args.handle).await?;
    let created = there.is_none() || !args.official;
    if created {
        let new = NewAccount {
            username: args.handle.clone(),
            kind: args.kind,
            display_name: args.display_name.clone().unwrap_or_else(|| args.handle.to_string()),
        };
        account::create(tenancy, &tenant, &new, &By::command()).await?;
    }
    if args.official {
        official::give(tenancy, &context.admin, &tenant, &args.handle, &args.handle, &By::command()).await?;
    }
    let actor = account::find(tenancy, tenant.scope(), &args.handle).await?.ok_or_else(|| {
        CommandError::UnknownAccount { tenant: args.tenant.clone(), handle: args.handle.clone() }
    })?;
    render(args.json, &Report { account: AccountLine::of(&actor, &tenancy.names), created })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.created {
            writeln!(f, "The account was there already; followers' servers will see its handle change.")?;
        }
        self.account.fmt(f)
    }
}
