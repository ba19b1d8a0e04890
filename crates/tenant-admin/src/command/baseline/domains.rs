//! `belfry baseline domains …`

mod import;
mod list;
mod set;

use belfry_model::Host;
use belfry_tenancy::By;
use belfry_tenancy::baseline::domains as rules;
use clap::{Args, Subcommand};

use crate::command::{CommandError, Context, render};

#[derive(Debug, Subcommand)]
pub enum DomainsCommand {
    /// List the rules.
    List(list::List),
    /// Bar or limit a server and all below it, or change the rule about it.
    Set(set::Set),
    /// Lift a rule; what it hid is shown again.
    Remove(Remove),
    /// Show what a list comes to (Mastodon's CSV, or one domain a line), and with `--apply` apply it.
    ///
    /// A list tightens and never loosens what stands.
    Import(import::Import),
    /// Print all rules as CSV, as Mastodon imports it.
    Export,
}

#[derive(Debug, Args)]
pub struct Remove {
    pub domain: Host,
    /// Why, for the record.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

pub(super) async fn run(context: &Context, command: &DomainsCommand) -> Result<String, CommandError> {
    match command {
        DomainsCommand::List(args) => list::run(context, args).await,
        DomainsCommand::Set(args) => set::run(context, args).await,
        DomainsCommand::Remove(args) => remove(context, args).await,
        DomainsCommand::Import(args) => import::run(context, args).await,
        DomainsCommand::Export => {
            let rules = context.admin.domain_rule_list().await?;
            Ok(belfry_tenancy::baseline::import::export(&rules))
        }
    }
}

async fn remove(context: &Context, args: &Remove) -> Result<String, CommandError> {
    let by = By::command().because(&args.reason);
    let removed = rules::remove(&context.tenancy, &context.admin, &args.domain, &by).await?;
    render(args.json, &set::Report { domain: args.domain.to_string(), severity: None, changed: removed })
}
