//! Like: a favourite of a tenant's own post. Of other people's posts nobody needs to be told.

use belfry_model::{ActorId, Ref, StatusId};
use belfry_social::notify::{Kind, notify};
use belfry_storage::NewFavourite;

use super::Arrival;
use crate::{Error, Federation, Result};

pub(super) async fn apply(federation: &Federation, arrival: &Arrival) -> Result<()> {
    let liked = arrival.activity.object.id().ok_or(Error::Unusable("it likes nothing"))?;
    let tenant =
        federation.hearer(liked, &arrival.author.uri).ok_or(Error::Unusable("what it likes is not ours"))?;
    let tx = federation.app.tenant(tenant.scope()).await?;
    tx.commons_relate(&[arrival.author.id]).await?;
    if !tx.received_mark(&arrival.id).await? {
        return Ok(());
    }
    let post = tx
        .own_status_by_uri(liked)
        .await?
        .filter(|post| post.local && post.deleted_at.is_none())
        .ok_or(Error::Unusable("what it likes is not here"))?;
    let status = Ref::new(tx.tenant(), StatusId(post.id));
    let favourite =
        NewFavourite { uri: arrival.id.clone(), actor: arrival.author(), status, created_at: arrival.at };
    if tx.favourite_insert(favourite).await?.is_some() {
        tx.holding_insert(ActorId(arrival.author.id)).await?;
        notify(&tx, ActorId(post.actor_id), Kind::Favourite, arrival.author(), Some(status), arrival.at)
            .await?;
    }
    Ok(tx.commit().await?)
}
