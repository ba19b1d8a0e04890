//! `belfry request ask`

use belfry_settings::AdmissionSettings;
use belfry_tenancy::{By, admission};
use clap::Args;

use super::{Report, find};
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Ask {
    pub number: String,
    /// What the applicant is asked.
    #[arg(long)]
    pub question: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn run(
    context: &Context,
    settings: &AdmissionSettings,
    args: &Ask,
) -> Result<String, CommandError> {
    let case = find(context, &args.number).await?;
    let by = By::command();
    admission::ask(&context.tenancy, &context.admin, settings, &case, &args.question, &by).await?;
    render(args.json, &Report::of(context, &case).await?)
}
