//! `belfry request complete`

use belfry_tenancy::{By, admission};
use clap::Args;

use super::{Report, find};
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Complete {
    pub number: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn run(context: &Context, args: &Complete) -> Result<String, CommandError> {
    let case = find(context, &args.number).await?;
    admission::complete(&context.tenancy, &context.admin, &case, &By::command()).await?;
    render(args.json, &Report::of(context, &case).await?)
}
