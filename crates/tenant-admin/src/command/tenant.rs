//! `belfry tenant …`

mod create;
mod list;
mod show;

use clap::Subcommand;

use super::{CommandError, Context};

#[derive(Debug, Subcommand)]
pub enum TenantCommand {
    /// Make a tenant: its namespace, organisation account, rules and its owner's invitation.
    Create(create::Create),
    /// List the tenants.
    List(list::List),
    /// Show one tenant with its accounts.
    Show(show::Show),
}

pub async fn run(context: &Context, command: &TenantCommand) -> Result<String, CommandError> {
    match command {
        TenantCommand::Create(args) => create::run(context, args).await,
        TenantCommand::List(args) => list::run(context, args),
        TenantCommand::Show(args) => show::run(context, args).await,
    }
}
