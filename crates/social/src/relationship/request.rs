//! Answering those who ask to follow a locked account, and what happens once a follow is accepted.

use belfry_model::{ActorId, COMMONS, Ref, TenantId};
use belfry_storage::{Page, TenantTx, row};
use serde_json::{Value as Json, json};

use super::Relationship;
use crate::account::Listed;
use crate::notify::{self, notify};
use crate::outgoing::{Kind, Outgoing, Recipient, record};
use crate::{Error, Poster, Result, Social};

/// How many of an account's posts a new follower finds at home.
pub(super) const BACKFILL: i64 = 40;

/// Makes a follow that was asked for one that is. If the follower is this tenant's own, what
/// the account posted lately comes to its home. `keep` is how many posts a home timeline
/// keeps. Answers false if it was accepted before.
pub async fn accepted(tx: &TenantTx, follow: &row::Follow, keep: u32) -> Result<bool> {
    if !tx.follow_accept(follow.id).await? {
        return Ok(false);
    }
    if follow.follower_tenant == tx.tenant().0 {
        let (follower, followee) = (ActorId(follow.follower_id), ActorId(follow.followee_id));
        tx.home_timeline_merge(follower, followee, BACKFILL, keep).await?;
    }
    Ok(true)
}

impl Social {
    /// Who waits for an answer.
    pub async fn follow_request_list(&self, poster: &Poster, page: Page) -> Result<Vec<Listed>> {
        let tx = self.app.tenant(poster.scope).await?;
        let rows = tx.follow_requests(poster.actor, page).await?;
        Listed::load(&tx, rows.into_iter().map(|row| (row.id, ActorId(row.follower_id))).collect()).await
    }

    pub async fn follow_request_accept(&self, poster: &Poster, from: ActorId) -> Result<Relationship> {
        let tx = self.app.tenant(poster.scope).await?;
        let (followee, follow) = self.asked(&tx, poster, from).await?;
        if accepted(&tx, &follow, self.limits.home_timeline_posts).await? {
            let now = self.clock.now();
            tx.notification_withdraw("follow_request", from, Some(poster.actor), None).await?;
            let follower = Ref::new(TenantId(follow.follower_tenant), from);
            notify(&tx, poster.actor, notify::Kind::Follow, follower, None, now).await?;
            self.answer(&tx, Kind::Accept, &followee, &follow).await?;
        }
        let relationship = Relationship::one(&tx, poster.actor, from).await?;
        self.act(&tx, poster, "relationship.accept", json!({ "account": from.to_string() })).await?;
        tx.commit().await?;
        Ok(relationship)
    }

    pub async fn follow_request_reject(&self, poster: &Poster, from: ActorId) -> Result<Relationship> {
        let tx = self.app.tenant(poster.scope).await?;
        let (followee, follow) = self.asked(&tx, poster, from).await?;
        if follow.state == "requested" && tx.follow_delete(follow.id).await? {
            tx.notification_withdraw("follow_request", from, Some(poster.actor), None).await?;
            self.answer(&tx, Kind::Reject, &followee, &follow).await?;
        }
        let relationship = Relationship::one(&tx, poster.actor, from).await?;
        self.act(&tx, poster, "relationship.reject", json!({ "account": from.to_string() })).await?;
        tx.commit().await?;
        Ok(relationship)
    }

    async fn asked(
        &self,
        tx: &TenantTx,
        poster: &Poster,
        from: ActorId,
    ) -> Result<(row::Actor, row::Follow)> {
        let followee = self.poster(tx, poster).await?;
        let follow = tx.follow_find(from, poster.actor).await?.ok_or(Error::NotFound)?;
        Ok((followee, follow))
    }

    /// Tells a follower elsewhere; one of this tenant needs no telling.
    async fn answer(
        &self,
        tx: &TenantTx,
        kind: Kind,
        followee: &row::Actor,
        follow: &row::Follow,
    ) -> Result<()> {
        if TenantId(follow.follower_tenant) != COMMONS {
            return Ok(());
        }
        let Some(follower) = tx.actor_fetch(ActorId(follow.follower_id)).await? else { return Ok(()) };
        let outgoing = Outgoing {
            object: Some(follow_object(follow, &follower, followee)),
            recipients: Recipient::of(&follower).into_iter().collect(),
            ..Outgoing::new(kind, followee, self.clock.now())
        };
        record(tx, outgoing).await?;
        Ok(())
    }
}

/// The Follow that an answer is to, whole: some servers look for its actor and object.
fn follow_object(follow: &row::Follow, follower: &row::Actor, followee: &row::Actor) -> Json {
    json!({ "id": follow.uri, "type": "Follow", "actor": follower.uri, "object": followee.uri })
}
