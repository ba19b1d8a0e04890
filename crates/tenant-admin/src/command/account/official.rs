//! `belfry account official give | release`

use std::fmt;

use belfry_model::{Slug, Username};
use belfry_tenancy::{By, official};
use clap::{Args, Subcommand};
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Subcommand)]
pub enum OfficialCommand {
    /// Give an account a handle on the shared domain. For its followers' servers that is a rename.
    Give(Give),
    /// Take it back. It stays kept for the tenant, and is given to no other body.
    Release(Release),
}

#[derive(Debug, Args)]
pub struct Give {
    /// The account, by the local part of its handle.
    pub account: Username,
    /// The slug of its tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// The local part on the shared domain; the account's own if left out.
    #[arg(long = "as", value_name = "HANDLE")]
    pub handle: Option<Username>,
    /// Why, for the record; the tenant sees it.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Release {
    /// The account, by the local part of its handle.
    pub account: Username,
    /// The slug of its tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// Why, for the record; the tenant sees it.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"tenant": "moe", "account": "press", "official_handle": "@press@social.example", "changed": true}`;
/// without an official handle from now on that is `null`.
#[derive(Debug, Serialize)]
struct Report {
    tenant: Slug,
    account: Username,
    official_handle: Option<String>,
    changed: bool,
}

pub(super) async fn run(context: &Context, command: &OfficialCommand) -> Result<String, CommandError> {
    match command {
        OfficialCommand::Give(args) => give(context, args).await,
        OfficialCommand::Release(args) => release(context, args).await,
    }
}

async fn give(context: &Context, args: &Give) -> Result<String, CommandError> {
    let tenancy = &context.tenancy;
    let tenant = context.tenant(&args.tenant)?;
    let handle = args.handle.as_ref().unwrap_or(&args.account);
    let by = By::command().because(&args.reason);
    let changed = official::give(tenancy, &context.admin, &tenant, &args.account, handle, &by).await?;
    let report = Report {
        tenant: args.tenant.clone(),
        account: args.account.clone(),
        official_handle: Some(format!("@{handle}@{}", tenancy.names.shared_domain)),
        changed,
    };
    render(args.json, &report)
}

async fn release(context: &Context, args: &Release) -> Result<String, CommandError> {
    let tenant = context.tenant(&args.tenant)?;
    let by = By::command().because(&args.reason);
    let was = official::release(&context.tenancy, &context.admin, &tenant, &args.account, &by).await?;
    let report = Report {
        tenant: args.tenant.clone(),
        account: args.account.clone(),
        official_handle: None,
        changed: was.is_some(),
    };
    render(args.json, &report)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = if self.changed { "from now on" } else { "already" };
        match &self.official_handle {
            Some(handle) => write!(f, "`{}` of `{}` is {handle}, {since}.", self.account, self.tenant),
            None => write!(f, "`{}` of `{}` has no official handle, {since}.", self.account, self.tenant),
        }
    }
}
