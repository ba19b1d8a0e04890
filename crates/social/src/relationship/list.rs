//! How one account stands to others.

use belfry_model::ActorId;
use belfry_storage::TenantTx;

use crate::{Poster, Result, Social};

/// How the reader stands to one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one of the entity's independent facts")]
pub struct Relationship {
    pub id: ActorId,
    pub following: bool,
    /// The reader asked to follow.
    pub requested: bool,
    pub followed_by: bool,
    /// The account asked to follow the reader.
    pub requested_by: bool,
    pub showing_reblogs: bool,
    pub notifying: bool,
}

impl Relationship {
    pub(super) async fn one(tx: &TenantTx, reader: ActorId, other: ActorId) -> Result<Self> {
        let mut found = Self::load(tx, reader, &[other]).await?;
        Ok(found.pop().unwrap_or(Self::none(other)))
    }

    async fn load(tx: &TenantTx, reader: ActorId, others: &[ActorId]) -> Result<Vec<Self>> {
        let follows = tx.follow_between(reader, others).await?;
        Ok(others
            .iter()
            .map(|other| {
                let mut stands = Self::none(*other);
                for follow in &follows {
                    let accepted = follow.state == "accepted";
                    if follow.follower_id == reader.0 && follow.followee_id == other.0 {
                        stands.following = accepted;
                        stands.requested = !accepted;
                        stands.showing_reblogs = follow.reblogs;
                        stands.notifying = follow.notify;
                    } else if follow.follower_id == other.0 && follow.followee_id == reader.0 {
                        stands.followed_by = accepted;
                        stands.requested_by = !accepted;
                    }
                }
                stands
            })
            .collect())
    }

    fn none(id: ActorId) -> Self {
        Self {
            id,
            following: false,
            requested: false,
            followed_by: false,
            requested_by: false,
            showing_reblogs: false,
            notifying: false,
        }
    }
}

impl Social {
    /// In the order asked, for those that can be seen.
    pub async fn relationship_list(&self, poster: &Poster, ids: &[ActorId]) -> Result<Vec<Relationship>> {
        let tx = self.app.tenant(poster.scope).await?;
        let seen: Vec<i64> = tx.actor_list(ids).await?.into_iter().map(|row| row.id).collect();
        let ids: Vec<ActorId> = ids.iter().copied().filter(|id| seen.contains(&id.0)).collect();
        Relationship::load(&tx, poster.actor, &ids).await
    }
}
