//! `belfry request …`: bodies that ask for a namespace.

mod approve;
mod ask;
mod check;
mod complete;
mod list;
mod refuse;
mod show;

use std::fmt;

use belfry_settings::AdmissionSettings;
use belfry_tenancy::admission::{self, Case};
use clap::Subcommand;
use serde::Serialize;

use super::{CommandError, Context};
use crate::api::requests::CaseEntity;

#[derive(Debug, Subcommand)]
pub enum RequestCommand {
    /// List what bodies asked for, the newest first.
    List(list::List),
    /// Show a request with everything that was said about it.
    Show(show::Show),
    /// Ask the applicant something, by mail.
    Ask(ask::Ask),
    /// Refuse, by mail, with a reason.
    Refuse(refuse::Refuse),
    /// Approve by agreement: the namespace is made at once, and its owner invited by mail.
    Approve(approve::Approve),
    /// Go on where making the namespace of an approved request was interrupted.
    Complete(complete::Complete),
    /// Have a worker look at the body's domain.
    Check(check::Check),
}

pub async fn run(
    context: &Context,
    settings: &AdmissionSettings,
    command: &RequestCommand,
) -> Result<String, CommandError> {
    match command {
        RequestCommand::List(args) => list::run(context, args).await,
        RequestCommand::Show(args) => show::run(context, args).await,
        RequestCommand::Ask(args) => ask::run(context, settings, args).await,
        RequestCommand::Refuse(args) => refuse::run(context, settings, args).await,
        RequestCommand::Approve(args) => approve::run(context, settings, args).await,
        RequestCommand::Complete(args) => complete::run(context, args).await,
        RequestCommand::Check(args) => check::run(context, args).await,
    }
}

async fn find(context: &Context, number: &str) -> Result<Case, CommandError> {
    let case = admission::find(&context.tenancy, &context.admin, number).await?;
    case.ok_or_else(|| CommandError::UnknownRequest(number.to_owned()))
}

/// As `GET /api/belfry/v1/requests/{number}` answers.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Report(CaseEntity);

impl Report {
    /// As the request is now.
    async fn of(context: &Context, case: &Case) -> Result<Self, CommandError> {
        Ok(Self(CaseEntity::of(&find(context, &case.request.number).await?)))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CaseEntity { request, name, email, contact, purpose, reason, messages, agreement, .. } = &self.0;
        writeln!(f, "{} {}: {} ({})", request.number, request.state, request.body_name, request.body_type)?;
        writeln!(f, "  wants    {}", request.slug)?;
        writeln!(f, "  domain   {} ({})", request.domain, request.proof)?;
        writeln!(f, "  by       {name}, {email}")?;
        writeln!(f, "  contact  {contact}")?;
        writeln!(f, "  purpose  {purpose}")?;
        for message in messages {
            let who = if message.from_lead { "lead agency" } else { "applicant" };
            writeln!(f, "  {} {who}: {}", message.at.format("%Y-%m-%d %H:%M"), message.text)?;
        }
        if let Some(agreement) = agreement {
            let (signed, review) = (agreement.signed_on, agreement.review_on);
            writeln!(f, "  agreement signed by {} on {signed}, review on {review}", agreement.signatory)?;
        }
        if !reason.is_empty() {
            writeln!(f, "  refused  {reason}")?;
        }
        Ok(())
    }
}
