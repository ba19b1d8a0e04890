//! Follow: accepted at once, unless the account answers requests by hand.

use belfry_model::{ActorId, Ref};
use belfry_social::notify::{self, notify};
use belfry_social::outgoing::{self, Outgoing, Recipient};
use belfry_storage::{NewFollow, TenantTx, row};
use serde_json::json;

use super::Arrival;
use crate::{Error, Federation, Result};

pub(super) async fn apply(federation: &Federation, arrival: &Arrival) -> Result<()> {
    let followed = arrival.activity.object.id().ok_or(Error::Unusable("it follows nobody"))?;
    let tenant = federation
        .hearer(followed, &arrival.author.uri)
        .ok_or(Error::Unusable("whom it follows is not here"))?;
    let tx = federation.app.tenant(tenant.scope()).await?;
    tx.commons_relate(&[arrival.author.id]).await?;
    if !tx.received_mark(&arrival.id).await? {
        return Ok(());
    }
    let account = tx
        .actor_by_uri(followed)
        .await?
        .filter(|actor| actor.tenant_id == tx.tenant().0 && actor.deleted_at.is_none())
        .ok_or(Error::Unusable("whom it follows is not here"))?;
    if account.kind == belfry_storage::INSTANCE {
        answer(&tx, arrival, &account, outgoing::Kind::Reject).await?;
        return Ok(tx.commit().await?);
    }
    let follow = insert(&tx, arrival, &account).await?;
    tx.holding_insert(ActorId(arrival.author.id)).await?;
    let told = if follow.state == "accepted" {
        answer(&tx, arrival, &account, outgoing::Kind::Accept).await?;
        notify::Kind::Follow
    } else {
        notify::Kind::FollowRequest
    };
    notify(&tx, ActorId(account.id), told, arrival.author(), None, arrival.at).await?;
    Ok(tx.commit().await?)
}

/// Asked again under another id, it is the same follow: the follower has lost our answer.
async fn insert(tx: &TenantTx, arrival: &Arrival, account: &row::Actor) -> Result<row::Follow> {
    let before = tx.follow_find(ActorId(arrival.author.id), ActorId(account.id)).await?;
    let accepted = match before {
        Some(before) => {
            tx.follow_delete(before.id).await?;
            before.state == "accepted" || !account.locked
        }
        None => !account.locked,
    };
    let follow = NewFollow {
        uri: arrival.id.clone(),
        follower: arrival.author(),
        followee: Ref::new(tx.tenant(), ActorId(account.id)),
        accepted,
        reblogs: true,
        notify: false,
        created_at: arrival.at,
    };
    tx.follow_insert(follow).await?.ok_or(Error::Unusable("its id is another follow's"))
}

async fn answer(tx: &TenantTx, arrival: &Arrival, account: &row::Actor, kind: outgoing::Kind) -> Result<()> {
    let object = json!({
        "id": arrival.id,
        "type": "Follow",
        "actor": arrival.activity.actor,
        "object": account.uri,
    });
    let recipients = Recipient::of(&arrival.author).into_iter().collect();
    let answer = Outgoing { object: Some(object), recipients, ..Outgoing::new(kind, account, arrival.at) };
    outgoing::record(tx, answer).await?;
    Ok(())
}
