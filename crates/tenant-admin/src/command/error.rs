//! Why a command failed, for the person who typed it.

use belfry_model::{Slug, TenantState, Username};
use belfry_social::account::RenameError;
use belfry_tenancy::EmailAddress;
use belfry_tenancy::account::AccountError;
use belfry_tenancy::admission::DecideError;
use belfry_tenancy::baseline::domains::RuleError;
use belfry_tenancy::baseline::handles::PatternError;
use belfry_tenancy::baseline::import::ImportError;
use belfry_tenancy::baseline::settings::SettingError;
use belfry_tenancy::confirm::ConfirmError;
use belfry_tenancy::lifecycle::LifecycleError;
use belfry_tenancy::official::OfficialError;
use belfry_tenancy::operate::{PeerError, WipeError};
use belfry_tenancy::policies::PublishError;
use belfry_tenancy::provision::ProvisionError;
use belfry_tenancy::staff::InviteError;
use belfry_tenancy::staff::bulk::ListError;
use belfry_tenancy::staff::manage::ManageError;
use belfry_tenancy::usage::QuotaError;
use chrono::{DateTime, Utc};

#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("there is no tenant `{0}`; `belfry tenant list` shows those there are")]
    UnknownTenant(Slug),
    #[error("the tenant `{0}` is not complete: run `belfry tenant create` again with the same arguments")]
    Unfinished(Slug),
    #[error("the tenant `{0}` is {1}: nothing can be made there")]
    NotLive(Slug, TenantState),
    #[error("`{tenant}` has no account `{handle}`; `belfry tenant show {tenant}` lists its accounts")]
    UnknownAccount { tenant: Slug, handle: Username },
    #[error(
        "`{tenant}` has no post or activity {id} whose way is still recorded; what was sent everywhere is forgotten \
         after some days"
    )]
    NoLedger { tenant: Slug, id: i64 },
    #[error("{0} is over already: choose a time to come")]
    Over(DateTime<Utc>),
    #[error("this would drop every delivery of the platform: say which with --tenant, --host or --activity")]
    DropsAll,
    #[error(
        "this command works on the machinery: set `database.worker_url`, the address as role belfry_worker"
    )]
    NoMachinery,
    /// With the whole report.
    #[error("a chain of acts does not hold: somebody changed the record or took acts out\n{0}")]
    BrokenChain(String),
    #[error("no chain has the hash {0} any more: the record before it was changed or taken out")]
    HeadGone(String),
    #[error("{} can't be written: choose a file that isn't there yet, in a folder that you may write to", .0.display())]
    Unwritten(std::path::PathBuf, #[source] std::io::Error),
    #[error("the machinery can't be read or changed")]
    Machinery(#[from] belfry_storage::Error),
    #[error("the ledger can't be read")]
    Ledger(#[from] belfry_social::Error),
    #[error(transparent)]
    Provision(#[from] ProvisionError),
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error("no proposal {0} waits; `belfry tenant confirmations` lists those that do")]
    NoProposal(i64),
    #[error(transparent)]
    Confirm(#[from] ConfirmError),
    #[error(transparent)]
    Rename(#[from] RenameError),
    #[error(transparent)]
    List(#[from] belfry_tenancy::import::UnreadableList),
    #[error(transparent)]
    Lifecycle(#[from] LifecycleError),
    #[error(transparent)]
    Official(#[from] OfficialError),
    #[error(
        "nobody of `{tenant}` has the address {email}; `belfry staff list --tenant {tenant}` shows its people"
    )]
    UnknownPerson { tenant: Slug, email: EmailAddress },
    #[error("{email} has no session {session}; `belfry staff sessions list` shows them")]
    UnknownSession { email: EmailAddress, session: i64 },
    #[error(transparent)]
    Manage(#[from] ManageError),
    #[error(transparent)]
    StaffList(#[from] ListError),
    #[error(transparent)]
    Invite(#[from] InviteError),
    #[error("`{path}` can't be read")]
    File { path: std::path::PathBuf, source: std::io::Error },
    #[error("the list was decided on by somebody else in this moment: run this again")]
    NoImport,
    #[error(transparent)]
    Pattern(#[from] PatternError),
    #[error(transparent)]
    Setting(#[from] SettingError),
    #[error(transparent)]
    Rule(#[from] RuleError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error("there is no such version: `belfry policy list` shows those there are")]
    NoEdition,
    #[error(transparent)]
    Publish(#[from] PublishError),
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error(transparent)]
    Wipe(#[from] WipeError),
    #[error("there is no request {0}; `belfry request list` shows those there are")]
    UnknownRequest(String),
    #[error("the request's address can't be read: name the owner with --owner-email")]
    Ownerless,
    #[error(transparent)]
    Decide(#[from] DecideError),
    #[error(transparent)]
    Tenancy(#[from] belfry_tenancy::Error),
    #[error(transparent)]
    Quota(#[from] QuotaError),
    #[error("the answer can't be written as JSON")]
    Json(#[from] serde_json::Error),
}
