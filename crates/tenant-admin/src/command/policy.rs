//! `belfry policy …`: the baseline of all tenants, and with `--tenant` what one adds to it.

mod accepted;
mod diff;
mod list;
mod publish;
mod show;

use clap::Subcommand;

use super::{CommandError, Context};

#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// List the policies with the version that holds.
    List(list::List),
    /// Print a version: of the baseline, or with `--tenant` what that tenant's readers see.
    Show(show::Show),
    /// Publish a version: of the baseline, or with `--tenant` of that tenant's additions.
    Publish(publish::Publish),
    /// Print what a version changed.
    Diff(diff::Diff),
    /// List who accepted what, and who has to before they post.
    Accepted(accepted::Accepted),
}

pub async fn run(context: &Context, command: &PolicyCommand) -> Result<String, CommandError> {
    match command {
        PolicyCommand::List(args) => list::run(context, args).await,
        PolicyCommand::Show(args) => show::run(context, args).await,
        PolicyCommand::Publish(args) => publish::run(context, args).await,
        PolicyCommand::Diff(args) => diff::run(context, args).await,
        PolicyCommand::Accepted(args) => accepted::run(context, args).await,
    }
}
