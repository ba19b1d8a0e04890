//! `belfry baseline …`: what holds for every tenant.

mod domains;
mod settings;

use clap::Subcommand;

use super::{CommandError, Context};

#[derive(Debug, Subcommand)]
pub enum BaselineCommand {
    /// Servers that are barred or limited for all tenants.
    #[command(subcommand)]
    Domains(domains::DomainsCommand),
    /// Show the settings for all and the reserved handles.
    Show(settings::Show),
    /// Set what holds for every tenant; each can be stricter, none looser.
    Set(settings::Set),
    /// Keep a handle back: nobody's namespace, account or official handle.
    Reserve(settings::Pattern),
    /// Give a reserved handle free again.
    Release(settings::Pattern),
}

pub async fn run(context: &Context, command: &BaselineCommand) -> Result<String, CommandError> {
    match command {
        BaselineCommand::Domains(command) => domains::run(context, command).await,
        BaselineCommand::Show(args) => settings::show(context, args.json).await,
        BaselineCommand::Set(args) => settings::set(context, args).await,
        BaselineCommand::Reserve(args) => settings::reserve(context, args).await,
        BaselineCommand::Release(args) => settings::release(context, args).await,
    }
}
