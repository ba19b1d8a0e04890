//! `belfry delivery …`: what waits on its way to other servers, and what they refused.
//!
//! Invariant: ids, hosts, times and reasons are shown, and no content and no inbox address.

mod act;
mod line;
mod list;
mod show;
mod until;

use belfry_model::{ActivityId, Host, Slug};
use belfry_storage::DeliveryFilter;
use clap::{Args, Subcommand};

use super::{CommandError, Context};

#[derive(Debug, Subcommand)]
pub enum DeliveryCommand {
    /// List what waits and what was refused, across tenants.
    ///
    /// What waits comes first, the soonest first; then what was refused, the newest first.
    List(list::List),
    /// Show how far one post has come, server by server.
    ///
    /// Each activity that tells of it has a line; the hosts are those of the newest version.
    Show(show::Show),
    /// Hold what waits, until a time or until it is released.
    ///
    /// What is under way at this moment is not held, and what fails from now on isn't either. What
    /// is held is not given up for its age.
    Park(act::Park),
    /// Make what waits due now, whatever it waits for.
    ///
    /// For a host that is down it only comes back to wait: `belfry host reset` sets such a host free.
    Release(act::Release),
    /// Bring back what was refused or given up, as if never tried.
    Replay(act::Replay),
    /// Give up what waits.
    ///
    /// Needs --tenant, --host or --activity, and --yes: without --yes it says how many it would
    /// drop. What was dropped can be replayed for as long as dead letters are kept.
    Drop(act::Drop),
}

pub async fn run(context: &Context, command: &DeliveryCommand) -> Result<String, CommandError> {
    match command {
        DeliveryCommand::List(args) => list::run(context, args).await,
        DeliveryCommand::Show(args) => show::run(context, args).await,
        DeliveryCommand::Park(args) => act::park(context, args).await,
        DeliveryCommand::Release(args) => act::release(context, args).await,
        DeliveryCommand::Replay(args) => act::replay(context, args).await,
        DeliveryCommand::Drop(args) => act::drop(context, args).await,
    }
}

/// Which deliveries are meant: those that match all that is given; every one without.
#[derive(Debug, Args)]
pub struct Selection {
    /// Of this tenant alone.
    #[arg(long, value_name = "SLUG")]
    pub tenant: Option<Slug>,
    /// To this host alone, such as `mastodon.example`.
    #[arg(long)]
    pub host: Option<Host>,
    /// Of this activity alone, by the id that `list` shows.
    #[arg(long, value_name = "ID")]
    pub activity: Option<ActivityId>,
}

impl Selection {
    /// A suspended tenant's deliveries are there to be acted on as well.
    fn filter(&self, context: &Context) -> Result<DeliveryFilter, CommandError> {
        let tenant = match &self.tenant {
            None => None,
            Some(slug) => Some(context.tenant_in_any_state(slug)?.id),
        };
        Ok(DeliveryFilter { tenant, activity: self.activity, host: self.host.as_ref().map(Host::to_string) })
    }
}
