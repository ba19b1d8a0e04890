//! `belfry tenant peers`

use std::fmt;

use belfry_model::{Host, Slug};
use belfry_tenancy::{By, operate};
use clap::{Args, Subcommand};
use serde::Serialize;

use crate::command::{CommandError, Context, render};

#[derive(Debug, Args)]
pub struct Peers {
    pub slug: Slug,
    #[command(subcommand)]
    pub action: PeersAction,
    /// Print JSON.
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum PeersAction {
    /// Show the servers that the tenant speaks with while it is a pilot.
    List,
    /// List a server.
    Add(Server),
    /// Take a server from the list.
    Remove(Server),
}

#[derive(Debug, Args)]
pub struct Server {
    /// The host in the address of an account there.
    pub host: Host,
    /// Why, for the record; the tenant sees it.
    #[arg(long, default_value = "")]
    pub reason: String,
}

/// `{"slug": "moe", "hosts": ["mastodon.example"], "changed": true}`
#[derive(Debug, Serialize)]
struct Report {
    slug: Slug,
    hosts: Vec<String>,
    changed: bool,
}

pub(super) async fn run(context: &Context, args: &Peers) -> Result<String, CommandError> {
    let tenant = context.tenant(&args.slug)?;
    let (tenancy, admin) = (&context.tenancy, &context.admin);
    let changed = match &args.action {
        PeersAction::List => false,
        PeersAction::Add(Server { host, reason }) => {
            operate::peer_add(tenancy, admin, &tenant, host, &By::command().because(reason)).await?
        }
        PeersAction::Remove(Server { host, reason }) => {
            operate::peer_remove(tenancy, admin, &tenant, host, &By::command().because(reason)).await?
        }
    };
    let hosts = admin.peer_list(tenant.id).await?;
    render(args.json, &Report { slug: args.slug.clone(), hosts, changed })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.hosts.is_empty() {
            return write!(f, "No server is listed for `{}`: as a pilot it speaks with nobody.", self.slug);
        }
        self.hosts.iter().try_for_each(|host| writeln!(f, "{host}"))
    }
}
