//! `belfry staff sessions list` and `revoke`

use std::fmt;

use belfry_model::Slug;
use belfry_tenancy::session::{self, Held};
use belfry_tenancy::{By, EmailAddress};
use clap::{Args, Subcommand};
use serde::Serialize;

use super::person;
use crate::agency_api::staff::sessions::SessionsEntity;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Subcommand)]
pub enum SessionsCommand {
    /// List where somebody is signed in, and the apps that act for them.
    List(List),
    /// End one session of somebody, or all of them with the access of every app.
    Revoke(Revoke),
}

#[derive(Debug, Args)]
pub struct List {
    pub email: EmailAddress,
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Revoke {
    pub email: EmailAddress,
    /// The slug of the tenant.
    #[arg(long)]
    pub tenant: Slug,
    /// The id of the session. Without one, everything ends.
    #[arg(long)]
    pub session: Option<i64>,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// As `GET /api/belfry/v1/agency/staff/{id}/sessions` answers.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct HeldLines(SessionsEntity);

impl From<Held> for HeldLines {
    fn from(held: Held) -> Self {
        Self(held.into())
    }
}

impl fmt::Display for HeldLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SessionsEntity { sessions, tokens } = &self.0;
        write!(f, "{} sessions, {} tokens", sessions.len(), tokens.len())?;
        for session in sessions {
            let last = session.last_seen_at.format("%Y-%m-%d %H:%M UTC");
            write!(f, "\n  session {}  {}  {last}  {}", session.id, session.address, session.agent)?;
        }
        for token in tokens {
            let since = token.created_at.format("%Y-%m-%d %H:%M UTC");
            write!(f, "\n  token {}  {}  {since}  {}", token.id, token.app, token.scopes.join(" "))?;
        }
        Ok(())
    }
}

pub(super) async fn run(context: &Context, command: &SessionsCommand) -> Result<String, CommandError> {
    match command {
        SessionsCommand::List(args) => list(context, args).await,
        SessionsCommand::Revoke(args) => revoke(context, args).await,
    }
}

async fn list(context: &Context, args: &List) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.tenant)?;
    let id = person(context, &tenant, &args.email).await?.id;
    let held = session::held(&context.tenancy, tenant.scope(), id).await?;
    render(args.json, &HeldLines::from(held))
}

/// What is left afterwards.
async fn revoke(context: &Context, args: &Revoke) -> Result<String, CommandError> {
    let tenant = context.tenant_in_any_state(&args.tenant)?;
    let (tenancy, scope) = (&context.tenancy, tenant.scope());
    let id = person(context, &tenant, &args.email).await?.id;
    let by = By::command().because(&args.reason);
    match args.session {
        Some(session) => {
            if !session::end_one(tenancy, scope, id, session, &by).await? {
                return Err(CommandError::UnknownSession { email: args.email.clone(), session });
            }
        }
        None => {
            session::end_all(tenancy, scope, id, &by).await?;
        }
    }
    render(args.json, &HeldLines::from(session::held(tenancy, scope, id).await?))
}
