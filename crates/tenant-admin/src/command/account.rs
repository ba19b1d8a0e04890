//! `belfry account …`

mod create;
mod official;

use std::fmt;

use belfry_model::PlatformNames;
use belfry_storage::row;
use clap::Subcommand;
use serde::Serialize;

use super::{CommandError, Context};

#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Make an account, or give one that is there its official handle.
    Create(create::Create),
    /// Give an account its handle on the shared domain, or take it back.
    #[command(subcommand)]
    Official(official::OfficialCommand),
}

pub async fn run(context: &Context, command: &AccountCommand) -> Result<String, CommandError> {
    match command {
        AccountCommand::Create(args) => create::run(context, args).await,
        AccountCommand::Official(command) => official::run(context, command).await,
    }
}

/// `{"id": "…", "handle": "@press@moe.social.example", "official_handle": null, "kind": "team", "url", "uri"}`
#[derive(Debug, Serialize)]
pub(in crate::command) struct AccountLine {
    pub id: String,
    pub handle: String,
    pub official_handle: Option<String>,
    pub kind: String,
    pub url: Option<String>,
    pub uri: String,
}

impl AccountLine {
    pub(in crate::command) fn of(actor: &row::Actor, names: &PlatformNames) -> Self {
        Self {
            id: actor.id.to_string(),
            handle: format!("@{}@{}", actor.username, actor.domain),
            official_handle: actor
                .official_handle
                .as_ref()
                .map(|handle| format!("@{handle}@{}", names.shared_domain)),
            kind: actor.kind.clone(),
            url: actor.url.clone(),
            uri: actor.uri.clone(),
        }
    }
}

impl fmt::Display for AccountLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<13} {}", self.kind, self.handle)?;
        self.official_handle.as_ref().map_or(Ok(()), |official| write!(f, ", officially {official}"))
    }
}
