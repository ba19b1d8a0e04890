//! Telling an account of this tenant what somebody did.

use belfry_model::{ActorId, Ref, StatusId};
use belfry_storage::{NewNotification, TenantTx};
use chrono::{DateTime, Utc};

use crate::Result;

/// What there is to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Mention,
    /// Somebody whose every post one wanted to hear of posted.
    Status,
    Reblog,
    Follow,
    FollowRequest,
    Favourite,
    /// A post that one boosted was edited.
    Update,
}

impl Kind {
    /// Mastodon's word, which is also what the row holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mention => "mention",
            Self::Status => "status",
            Self::Reblog => "reblog",
            Self::Follow => "follow",
            Self::FollowRequest => "follow_request",
            Self::Favourite => "favourite",
            Self::Update => "update",
        }
    }
}

/// Tells `to` once, whatever is told again. Answers whether it was new. Nobody is told of
/// what they did themselves.
pub async fn notify(
    tx: &TenantTx,
    to: ActorId,
    kind: Kind,
    from: Ref<ActorId>,
    status: Option<Ref<StatusId>>,
    at: DateTime<Utc>,
) -> Result<bool> {
    if from.id == to {
        return Ok(false);
    }
    let new = NewNotification { to, kind: kind.as_str(), from, status, created_at: at };
    Ok(tx.notification_insert(new).await?.is_some())
}
