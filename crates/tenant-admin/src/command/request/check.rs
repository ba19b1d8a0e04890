//! `belfry request check`

use belfry_tenancy::{By, admission};
use clap::Args;

use super::{Report, find};
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Check {
    pub number: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn run(context: &Context, args: &Check) -> Result<String, CommandError> {
    let case = find(context, &args.number).await?;
    admission::check_again(&context.tenancy, &context.admin, &case, &By::command()).await?;
    render(args.json, &Report::of(context, &case).await?)
}
