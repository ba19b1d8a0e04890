//! Taking a follow, or the wish for one, back.

use belfry_model::{ActorId, COMMONS, TenantId};
use serde_json::json;

use super::Relationship;
use crate::account::account;
use crate::outgoing::{Kind, Outgoing, Recipient, record};
use crate::{Poster, Result, Social};

impl Social {
    /// Taking back what was not done changes nothing.
    pub async fn unfollow(&self, poster: &Poster, of: ActorId) -> Result<Relationship> {
        let tx = self.app.tenant(poster.scope).await?;
        let follower = self.poster(&tx, poster).await?;
        let followee = account(&tx, of).await?;
        if let Some(follow) = tx.follow_find(poster.actor, of).await?
            && tx.follow_delete(follow.id).await?
        {
            tx.home_timeline_unmerge(poster.actor, of).await?;
            if TenantId(followee.tenant_id) == COMMONS {
                tx.interest_delete(of).await?;
                let follow = json!({
                    "id": follow.uri, "type": "Follow", "actor": follower.uri, "object": followee.uri,
                });
                let undo = Outgoing {
                    object: Some(follow),
                    recipients: Recipient::of(&followee).into_iter().collect(),
                    ..Outgoing::new(Kind::Undo, &follower, self.clock.now())
                };
                record(&tx, undo).await?;
            } else {
                tx.notification_withdraw("follow", poster.actor, Some(of), None).await?;
                tx.notification_withdraw("follow_request", poster.actor, Some(of), None).await?;
            }
        }
        let relationship = Relationship::one(&tx, poster.actor, of).await?;
        self.act(&tx, poster, "relationship.unfollow", json!({ "account": of.to_string() })).await?;
        tx.commit().await?;
        Ok(relationship)
    }
}
