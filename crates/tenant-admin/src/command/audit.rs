//! `belfry audit …`

mod export;
mod list;
mod verify;

use clap::Subcommand;

use super::{CommandError, Context};

pub(crate) use list::ActLine;

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// List acts of governance, the newest first; with --tenant all acts of that tenant.
    List(list::List),
    /// Walk the chains of acts and say whether anything was changed or taken out.
    ///
    /// Note the heads where the database's keeper can't write: a later run with --head tells
    /// whether the past is still the same.
    Verify(verify::Verify),
    /// Write a chain to a file, a JSON object a line, which any program can check with SHA-256.
    Export(export::Export),
}

pub async fn run(context: &Context, command: &AuditCommand) -> Result<String, CommandError> {
    match command {
        AuditCommand::List(args) => list::run(context, args).await,
        AuditCommand::Verify(args) => verify::run(context, args).await,
        AuditCommand::Export(args) => export::run(context, args).await,
    }
}
