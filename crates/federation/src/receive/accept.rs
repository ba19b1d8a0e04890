//! Accept: somebody elsewhere lets one of ours follow them.

use belfry_activitypub::incoming::Object;
use belfry_model::ActorId;
use belfry_social::relationship;
use belfry_storage::{TenantTx, row};

use super::Arrival;
use crate::{Error, Federation, Result};

pub(super) async fn apply(federation: &Federation, arrival: &Arrival) -> Result<()> {
    let Some((tx, follow)) = answered(federation, arrival).await? else { return Ok(()) };
    relationship::accepted(&tx, &follow, federation.social.limits().home_timeline_posts).await?;
    tx.interest_insert(ActorId(arrival.author.id)).await?;
    Ok(tx.commit().await?)
}

/// The follow of ours that is answered, by its id or by who follows whom, in a transaction
/// that has marked the answer as received. `None` if it was received before.
pub(super) async fn answered(
    federation: &Federation,
    arrival: &Arrival,
) -> Result<Option<(TenantTx, row::Follow)>> {
    let (id, follower) = match &arrival.activity.object {
        Object::Uri(id) => (Some(id.as_str()), None),
        Object::Activity(follow) => (follow.id.as_deref(), Some(follow.actor.as_str())),
        _ => return Err(Error::Unusable("it answers no follow")),
    };
    let tenant = id
        .or(follower)
        .and_then(|uri| federation.hearer(uri, &arrival.author.uri))
        .ok_or(Error::Unusable("it answers no follow of ours"))?;
    let tx = federation.app.tenant(tenant.scope()).await?;
    tx.commons_relate(&[arrival.author.id]).await?;
    if !tx.received_mark(&arrival.id).await? {
        return Ok(None);
    }
    let mut follow = match id {
        Some(id) => tx.follow_by_uri(id).await?,
        None => None,
    };
    // Some answer under an id of their own making.
    if let (None, Some(follower)) = (&follow, follower)
        && let Some(follower) = tx.actor_by_uri(follower).await?
    {
        follow = tx.follow_find(ActorId(follower.id), ActorId(arrival.author.id)).await?;
    }
    let follow = follow
        .filter(|follow| follow.followee_id == arrival.author.id)
        .ok_or(Error::Unusable("it answers no follow of ours"))?;
    Ok(Some((tx, follow)))
}
