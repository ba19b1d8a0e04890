//! `belfry tenant transfer-lead | break-glass | confirmations | confirm | withdraw`: acts of two people.
//! All commands are one person: what one proposes, somebody confirms at the console or by the API.

use std::fmt;

use belfry_model::Slug;
use belfry_storage::row;
use belfry_tenancy::confirm::{self, Act, Done};
use belfry_tenancy::{By, EmailAddress};
use chrono::{DateTime, Utc};
use clap::Args;
use serde::Serialize;

use crate::command::staff::InvitationLine;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct TransferLead {
    /// Who is to lead.
    pub slug: Slug,
    /// Why: for the record, and for the second person.
    #[arg(long)]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct BreakGlass {
    pub slug: Slug,
    /// Whom to invite as an owner.
    #[arg(long)]
    pub email: EmailAddress,
    /// Why: for the record, for the second person and for the people of the agency.
    #[arg(long)]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Confirmations {
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Which {
    /// As `belfry tenant confirmations` lists it.
    pub id: i64,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn transfer_lead(context: &Context, args: &TransferLead) -> Result<String, CommandError> {
    propose(context, &args.slug, &Act::TransferLead, &args.reason, args.json).await
}

pub(super) async fn break_glass(context: &Context, args: &BreakGlass) -> Result<String, CommandError> {
    let act = Act::BreakGlass { email: args.email.clone() };
    propose(context, &args.slug, &act, &args.reason, args.json).await
}

pub(super) async fn list(context: &Context, args: &Confirmations) -> Result<String, CommandError> {
    let waiting = confirm::waiting(&context.tenancy, &context.admin).await?;
    let proposals = waiting.into_iter().map(|row| Line::of(context, row)).collect();
    render(args.json, &Report { proposals })
}

pub(super) async fn confirm(context: &Context, args: &Which) -> Result<String, CommandError> {
    let done = confirm::confirm(&context.tenancy, &context.admin, args.id, &By::command()).await?;
    match done.ok_or(CommandError::NoProposal(args.id))? {
        Done::Transferred => render(args.json, &Word { done: "transferred" }),
        Done::Invited(invitation) => render(args.json, &InvitationLine::of(&invitation)),
    }
}

pub(super) async fn withdraw(context: &Context, args: &Which) -> Result<String, CommandError> {
    if !confirm::withdraw(&context.admin, args.id, &By::command()).await? {
        return Err(CommandError::NoProposal(args.id));
    }
    render(args.json, &Word { done: "withdrawn" })
}

async fn propose(
    context: &Context,
    slug: &Slug,
    act: &Act,
    reason: &str,
    json: bool,
) -> Result<String, CommandError> {
    let tenant = context.tenant(slug)?;
    let by = By::command().because(reason);
    let row = confirm::propose(&context.tenancy, &context.admin, &tenant, act, &by).await?;
    render(json, &Line::of(context, row))
}

/// `{"id": "…", "kind": "transfer-lead", "slug": "fin", "email": "", "reason", "proposed_by", "expires_at", "state"}`
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    kind: String,
    slug: String,
    email: String,
    reason: String,
    proposed_by: String,
    expires_at: DateTime<Utc>,
    /// `open`, or `confirmed` and cut off before it was done.
    state: String,
}

impl Line {
    fn of(context: &Context, row: row::Proposal) -> Self {
        let tenant = context.tenancy.directory.by_id(belfry_model::TenantId(row.about_tenant));
        Self {
            id: row.id.to_string(),
            kind: row.kind,
            slug: tenant.map(|tenant| tenant.slug.to_string()).unwrap_or_default(),
            email: row.email,
            reason: row.reason,
            proposed_by: row.proposed_by,
            expires_at: row.expires_at,
            state: row.state,
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, kind, slug, email, reason, proposed_by, .. } = self;
        write!(
            f,
            "{id} {kind} {slug} {email} proposed by {proposed_by}: {reason}\n  waits for a second person until {}",
            self.expires_at
        )
    }
}

/// `{"proposals": [{…}]}`
#[derive(Debug, Serialize)]
struct Report {
    proposals: Vec<Line>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.proposals.is_empty() {
            return f.write_str("Nothing waits for a second person.");
        }
        self.proposals.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// `{"done": "transferred"}` or `{"done": "withdrawn"}`
#[derive(Debug, Serialize)]
struct Word {
    done: &'static str,
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "It is {}.", self.done)
    }
}
