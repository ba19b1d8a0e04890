//! `belfry token …`

mod create;

use clap::Subcommand;

use super::{CommandError, Context};

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make an access token for scripts and tests.
    Create(create::Create),
}

pub async fn run(context: &Context, command: &TokenCommand) -> Result<String, CommandError> {
    match command {
        TokenCommand::Create(args) => create::run(context, args).await,
    }
}
