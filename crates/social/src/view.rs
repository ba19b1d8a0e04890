//! What a reader sees of accounts and posts: rows with all that hangs on them, loaded with a
//! constant number of statements a page. No wire format: `api-gateway` makes Mastodon's of
//! it, `federation` makes ActivityPub's.

mod load;

use std::sync::Arc;

use belfry_model::{ActorId, Id as _, Ref, StatusId, TenantId};
use belfry_storage::row;

pub(crate) use load::{accounts, one_account, one_status, statuses};

/// An account with its pictures and counts.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountView {
    pub row: row::Actor,
    /// What the account uploaded here; a remote one has an address in its row.
    pub avatar: Option<row::MediaAttachment>,
    pub header: Option<row::MediaAttachment>,
    /// As far as this tenant knows.
    pub counts: row::ActorCounts,
}

impl AccountView {
    pub fn id(&self) -> ActorId {
        ActorId::new(self.row.id)
    }

    /// Of this tenant; everybody else is remote, a neighbour too.
    pub fn is_local(&self) -> bool {
        self.row.kind != "remote"
    }

    /// `user` for an account of the same tenant, else `user@host`.
    pub fn acct(&self) -> String {
        acct(&self.row)
    }
}

/// `user` for a local account, else `user@host`.
pub(crate) fn acct(row: &row::Actor) -> String {
    if row.kind == "remote" { format!("{}@{}", row.username, row.domain) } else { row.username.clone() }
}

/// A post or boost with all that a reader sees of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusView {
    pub row: row::Status,
    pub author: Arc<AccountView>,
    /// The boosted post, where this is a boost.
    pub reblog: Option<Box<StatusView>>,
    /// In their order.
    pub media: Vec<row::MediaAttachment>,
    pub mentions: Vec<row::Mention>,
    /// Lower case, without `#`.
    pub tags: Vec<String>,
    /// With what the reader did: `favourited`, `reblogged`.
    pub counts: row::StatusCounts,
}

impl StatusView {
    pub fn id(&self) -> StatusId {
        StatusId::new(self.row.id)
    }

    pub fn reference(&self) -> Ref<StatusId> {
        Ref::new(TenantId::new(self.row.tenant_id), self.id())
    }
}
