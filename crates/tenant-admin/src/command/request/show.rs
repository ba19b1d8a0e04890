//! `belfry request show`

use clap::Args;

use super::{Report, find};
use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Show {
    pub number: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn run(context: &Context, args: &Show) -> Result<String, CommandError> {
    let case = find(context, &args.number).await?;
    render(args.json, &Report::of(context, &case).await?)
}
