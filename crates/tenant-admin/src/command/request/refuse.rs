//! `belfry request refuse`

use belfry_settings::AdmissionSettings;
use belfry_tenancy::{By, admission};
use clap::Args;

use super::{Report, find};
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Refuse {
    pub number: String,
    /// Why; the applicant gets it by mail.
    #[arg(long)]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn run(
    context: &Context,
    settings: &AdmissionSettings,
    args: &Refuse,
) -> Result<String, CommandError> {
    let case = find(context, &args.number).await?;
    let by = By::command();
    admission::refuse(&context.tenancy, &context.admin, settings, &case, &args.reason, &by).await?;
    render(args.json, &Report::of(context, &case).await?)
}
