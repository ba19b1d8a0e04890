//! `belfry baseline …`: what holds for every tenant.

mod domains;

use clap::Subcommand;

use super::{CommandError, Context};

#[derive(Debug, Subcommand)]
pub enum BaselineCommand {
    /// Servers that are barred or limited for all tenants.
    #[command(subcommand)]
    Domains(domains::DomainsCommand),
}

pub async fn run(context: &Context, command: &BaselineCommand) -> Result<String, CommandError> {
    match command {
        BaselineCommand::Domains(command) => domains::run(context, command).await,
    }
}
