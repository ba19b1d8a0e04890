//! Following. Within the tenant it is done at once, unless the account wants to be asked;
//! elsewhere it waits for that server's answer.

use belfry_model::{ActorId, COMMONS, Ref, TenantId};
use belfry_storage::NewFollow;
use serde_json::{Value as Json, json};

use super::Relationship;
use super::request::BACKFILL;
use crate::account::account;
use crate::notify::{self, notify};
use crate::outgoing::{Kind, Outgoing, Recipient, record};
use crate::{Invalid, Poster, Result, Social};

impl Social {
    /// Following again changes what is wanted of it. `None` leaves a wish as it is; at first
    /// boosts are wanted, and being told of each post isn't.
    pub async fn follow(
        &self,
        poster: &Poster,
        of: ActorId,
        reblogs: Option<bool>,
        notify_posts: Option<bool>,
    ) -> Result<Relationship> {
        if of == poster.actor {
            return Err(Invalid::OwnAccount.into());
        }
        let tx = self.app.tenant(poster.scope).await?;
        let follower = self.poster(&tx, poster).await?;
        let followee = account(&tx, of).await?;
        let here = TenantId(followee.tenant_id) != COMMONS;
        let accepted = here && !followee.locked;
        let now = self.clock.now();
        let uri = self.origin(&follower)?.activity(&follower.username, "follow", tx.id_next().await?);
        let made = tx
            .follow_insert(NewFollow {
                uri: uri.clone(),
                follower: Ref::new(tx.tenant(), poster.actor),
                followee: Ref::new(TenantId(followee.tenant_id), of),
                accepted,
                reblogs: reblogs.unwrap_or(true),
                notify: notify_posts.unwrap_or(false),
                created_at: now,
            })
            .await?;
        if made.is_none() {
            if let Some(stands) = tx.follow_find(poster.actor, of).await?
                && (reblogs.is_some() || notify_posts.is_some())
            {
                tx.follow_wish(stands.id, reblogs, notify_posts).await?;
            }
        } else if here {
            let kind = if accepted { notify::Kind::Follow } else { notify::Kind::FollowRequest };
            notify(&tx, of, kind, Ref::new(tx.tenant(), poster.actor), None, now).await?;
        } else {
            tx.interest_insert(of).await?;
            let follow = Outgoing {
                uri: Some(uri),
                object: Some(Json::String(followee.uri.clone())),
                recipients: Recipient::of(&followee).into_iter().collect(),
                ..Outgoing::new(Kind::Follow, &follower, now)
            };
            record(&tx, follow).await?;
        }
        if made.is_some() && accepted {
            tx.home_timeline_merge(poster.actor, of, BACKFILL, self.limits.home_timeline_posts).await?;
        }
        let relationship = Relationship::one(&tx, poster.actor, of).await?;
        self.act(&tx, poster, "relationship.follow", json!({ "account": of.to_string() })).await?;
        tx.commit().await?;
        Ok(relationship)
    }
}
