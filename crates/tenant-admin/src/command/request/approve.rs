//! `belfry request approve`

use std::path::PathBuf;

use belfry_model::Phase;
use belfry_settings::AdmissionSettings;
use belfry_tenancy::admission::{self, Approval};
use belfry_tenancy::{By, EmailAddress};
use chrono::{Months, NaiveDate};
use clap::Args;

use super::{Report, find};
use crate::command::quota::Limits;
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Approve {
    pub number: String,
    /// Who signed the agreement.
    #[arg(long)]
    pub signatory: String,
    /// Today (UTC) if left out.
    #[arg(long)]
    pub signed_on: Option<NaiveDate>,
    /// A year after the day of signing if left out.
    #[arg(long)]
    pub review_on: Option<NaiveDate>,
    /// What was agreed; the draft with the names filled in if left out.
    #[arg(long, value_name = "FILE")]
    pub agreement: Option<PathBuf>,
    /// `pilot`, `invited` or `public`.
    #[arg(long, default_value_t = Phase::Invited)]
    pub phase: Phase,
    /// Who gets the invitation to own the namespace; who asked, if left out.
    #[arg(long)]
    pub owner_email: Option<EmailAddress>,
    #[command(flatten)]
    pub limits: Limits,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn run(
    context: &Context,
    settings: &AdmissionSettings,
    args: &Approve,
) -> Result<String, CommandError> {
    let (tenancy, admin) = (&context.tenancy, &context.admin);
    let case = find(context, &args.number).await?;
    let text = match &args.agreement {
        Some(path) => std::fs::read_to_string(path)
            .map_err(|source| CommandError::File { path: path.clone(), source })?,
        None => admission::agreement_draft(tenancy, &case.request)?,
    };
    let owner_email = match &args.owner_email {
        Some(email) => email.clone(),
        None => case.request.email.parse().map_err(|_| CommandError::Ownerless)?,
    };
    let quota = if args.limits.any() { Some(args.limits.onto(admin.quota_default().await?)) } else { None };
    let signed_on = args.signed_on.unwrap_or_else(|| tenancy.clock.now().date_naive());
    let approval = Approval {
        phase: args.phase,
        owner_email,
        quota,
        text,
        signatory: args.signatory.clone(),
        signed_on,
        review_on: args
            .review_on
            .or_else(|| signed_on.checked_add_months(Months::new(12)))
            .unwrap_or(signed_on),
    };
    admission::approve(tenancy, admin, settings, &case, &approval, &By::command()).await?;
    render(args.json, &Report::of(context, &case).await?)
}
