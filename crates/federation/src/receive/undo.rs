//! Undo: a follow, a favourite or a boost is taken back.

use belfry_activitypub::Incoming;
use belfry_activitypub::incoming::{Kind, Object};
use belfry_model::{ActorId, StatusId};
use belfry_storage::{TenantTx, row};

use super::{Arrival, concern};
use crate::{Error, Federation, Result};

pub(super) async fn apply(federation: &Federation, arrival: &Arrival) -> Result<()> {
    let undone = match &arrival.activity.object {
        Object::Activity(undone) => Some(undone.as_ref()),
        Object::Uri(_) => None,
        _ => return Err(Error::Unusable("it undoes nothing that we know")),
    };
    let id = arrival.activity.object.id();
    if undone.is_none_or(|undone| undone.kind == Kind::Announce)
        && let Some(id) = id
    {
        let tx = federation.app.commons().await?;
        tx.status_erase(id, arrival.author(), arrival.at).await?;
        tx.commit().await?;
    }
    // Whoever keeps something of the author, and where the object of what is undone lies.
    let mut concerned = federation.touched(arrival).await?;
    concerned.extend(federation.at(arrival, undone.and_then(|undone| undone.object.id())));
    for scope in concern::scopes(concerned) {
        let tx = federation.app.tenant(scope).await?;
        tx.commons_relate(&[arrival.author.id]).await?;
        if !tx.received_mark(&arrival.id).await? {
            continue;
        }
        in_tenant(&tx, arrival, id, undone).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn in_tenant(
    tx: &TenantTx,
    arrival: &Arrival,
    id: Option<&str>,
    undone: Option<&Incoming>,
) -> Result<()> {
    let kind = undone.map(|undone| &undone.kind);
    let object = undone.and_then(|undone| undone.object.id());
    if matches!(kind, None | Some(Kind::Follow))
        && let Some(follow) = find_follow(tx, arrival, id, object).await?
    {
        tx.follow_delete(follow.id).await?;
        let followed = Some(ActorId(follow.followee_id));
        for told in ["follow", "follow_request"] {
            tx.notification_withdraw(told, ActorId(arrival.author.id), followed, None).await?;
        }
    }
    if matches!(kind, None | Some(Kind::Like))
        && let Some(favourite) = find_favourite(tx, arrival, id, object).await?
    {
        tx.favourite_delete(favourite.id).await?;
        let (from, status) = (ActorId(arrival.author.id), StatusId(favourite.status_id));
        tx.notification_withdraw("favourite", from, None, Some(status)).await?;
    }
    if matches!(kind, None | Some(Kind::Announce))
        && let Some(boost) = find_boost(tx, arrival, id, object).await?
    {
        if boost.tenant_id == tx.tenant().0 {
            tx.remote_status_erase(&boost.uri, arrival.author(), arrival.at).await?;
        }
        tx.home_timeline_remove(StatusId(boost.id)).await?;
        let (from, of) = (ActorId(arrival.author.id), boost.reblog_of_id.map(StatusId));
        tx.notification_withdraw("reblog", from, None, of).await?;
    }
    Ok(())
}

async fn find_follow(
    tx: &TenantTx,
    arrival: &Arrival,
    id: Option<&str>,
    object: Option<&str>,
) -> Result<Option<row::Follow>> {
    let mut found = match id {
        Some(id) => tx.follow_by_uri(id).await?,
        None => None,
    };
    if let (None, Some(object)) = (&found, object)
        && let Some(account) = tx.actor_by_uri(object).await?
    {
        found = tx.follow_find(ActorId(arrival.author.id), ActorId(account.id)).await?;
    }
    Ok(found.filter(|follow| follow.follower_id == arrival.author.id))
}

async fn find_favourite(
    tx: &TenantTx,
    arrival: &Arrival,
    id: Option<&str>,
    object: Option<&str>,
) -> Result<Option<row::Favourite>> {
    let mut found = match id {
        Some(id) => tx.favourite_by_uri(id).await?,
        None => None,
    };
    if let (None, Some(object)) = (&found, object)
        && let Some(post) = tx.own_status_by_uri(object).await?
    {
        found = tx.favourite_find(ActorId(arrival.author.id), StatusId(post.id)).await?;
    }
    Ok(found.filter(|favourite| favourite.actor_id == arrival.author.id))
}

/// The tenant's own row, or the commons' where that is what the tenant sees.
async fn find_boost(
    tx: &TenantTx,
    arrival: &Arrival,
    id: Option<&str>,
    object: Option<&str>,
) -> Result<Option<row::Status>> {
    let mut found = match id {
        Some(id) => tx.status_by_uri(id).await?,
        None => None,
    };
    if let (None, Some(object)) = (&found, object)
        && let Some(post) = tx.status_by_uri(object).await?
    {
        found = tx.status_reblog_find(ActorId(arrival.author.id), StatusId(post.id)).await?;
    }
    Ok(found.filter(|boost| boost.actor_id == arrival.author.id && boost.reblog_of_id.is_some()))
}
