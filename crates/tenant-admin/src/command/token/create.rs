//! `belfry token create`

use std::fmt;

use belfry_model::{ActorId, Slug, Username};
use belfry_tenancy::{By, Scopes, account, oauth};
use clap::Args;
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Create {
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// The handle of the account that the token speaks for.
    #[arg(long)]
    pub account: Username,
    /// Scopes as clients ask for them, separated by spaces or commas.
    #[arg(long, default_value = "read write follow push")]
    pub scopes: Scopes,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `{"access_token": "…", "token_type": "Bearer", "scope": "read write", "created_at":
/// 1769860800, "host": "moe.social.example"}`: the token endpoint's answer, and where it is valid.
#[derive(Debug, Serialize)]
struct Report {
    access_token: String,
    token_type: &'static str,
    scope: Scopes,
    created_at: i64,
    host: String,
}

pub(super) async fn run(context: &Context, args: &Create) -> Result<String, CommandError> {
    let tenancy = &context.tenancy;
    let tenant = context.tenant(&args.tenant)?;
    let actor = account::find(tenancy, tenant.scope(), &args.account).await?.ok_or_else(|| {
        CommandError::UnknownAccount { tenant: args.tenant.clone(), handle: args.account.clone() }
    })?;
    let actor = ActorId(actor.id);
    let issued = oauth::token_create(tenancy, tenant.scope(), actor, &args.scopes, &By::command()).await?;
    let report = Report {
        access_token: issued.token.expose().to_owned(),
        token_type: "Bearer",
        scope: issued.scopes,
        created_at: issued.created_at.timestamp(),
        host: tenant.host.to_string(),
    };
    render(args.json, &report)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.access_token)?;
        write!(f, "It is shown this once, works at {} and may: {}", self.host, self.scope)
    }
}
