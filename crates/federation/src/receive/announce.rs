//! Announce: a boost. Of what a tenant keeps itself it is kept there too; of anything else it
//! goes to the commons, with the boosted post, for those who follow the booster.

use belfry_model::{ActorId, COMMONS, Ref, StatusId, TenantId, TenantScope, Visibility};
use belfry_social::distribute;
use belfry_storage::{RemoteStatus, row};

use super::{Arrival, concern};
use crate::{Error, Federation, Result};

pub(super) async fn apply(federation: &Federation, arrival: &Arrival) -> Result<()> {
    let boosted = arrival.activity.object.id().ok_or(Error::Unusable("it announces nothing"))?;
    let mut concerned = federation.interested(arrival).await?;
    concerned.extend(federation.at(arrival, [boosted]));
    let mut others = Vec::new();
    for scope in concern::scopes(concerned) {
        if !keep(federation, arrival, scope, boosted).await? {
            others.push(scope);
        }
    }
    if others.is_empty() {
        return Ok(());
    }
    let Some(original) = federation.obtain_status(arrival.behalf, boosted).await? else {
        return Err(Error::Unusable("what it announces is not open"));
    };
    let Some((boost, surroundings)) = share(federation, arrival, &original).await? else { return Ok(()) };
    for scope in others {
        // Who boosts may speak with it, and who wrote may not.
        if federation.check(scope, &original.uri).is_err() {
            continue;
        }
        let tx = federation.app.tenant(scope).await?;
        tx.commons_relate(&surroundings).await?;
        if !tx.received_mark(&arrival.id).await? {
            continue;
        }
        distribute(&tx, boost, federation.social.limits().home_timeline_posts, arrival.at).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Where the tenant keeps the boosted post itself. `false`: it doesn't, and nothing was done.
async fn keep(federation: &Federation, arrival: &Arrival, scope: TenantScope, boosted: &str) -> Result<bool> {
    let tx = federation.app.tenant(scope).await?;
    let Some(original) = tx.own_status_by_uri(boosted).await? else { return Ok(false) };
    if original.deleted_at.is_some() || !is_open(&original) {
        return Ok(true);
    }
    tx.commons_relate(&[arrival.author.id]).await?;
    if !tx.received_mark(&arrival.id).await? {
        return Ok(true);
    }
    let written = tx.remote_status_upsert(boost(arrival, &original)).await?;
    if let Some(boost) = written.status() {
        tx.holding_insert(ActorId(arrival.author.id)).await?;
        let boost = Ref::new(tx.tenant(), StatusId(boost.id));
        distribute(&tx, boost, federation.social.limits().home_timeline_posts, arrival.at).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// The boost in the commons, and what has to be related for it to be seen.
async fn share(
    federation: &Federation,
    arrival: &Arrival,
    original: &row::Status,
) -> Result<Option<(Ref<StatusId>, Vec<i64>)>> {
    let tx = federation.app.commons().await?;
    tx.received_mark(&arrival.id).await?;
    let written = tx.status_upsert(boost(arrival, original)).await?;
    let Some(boost) = written.status() else { return Ok(None) };
    let id = StatusId(boost.id);
    let surroundings = tx.status_surroundings(id, federation.settings.max_thread_depth).await?;
    tx.commit().await?;
    Ok(Some((Ref::new(COMMONS, id), surroundings)))
}

fn boost(arrival: &Arrival, original: &row::Status) -> RemoteStatus {
    let reach = arrival.activity.reach(arrival.author.followers_url.as_deref());
    RemoteStatus {
        uri: arrival.id.clone(),
        url: None,
        actor: arrival.author(),
        visibility: match reach {
            belfry_activitypub::Reach::Public => Visibility::Public,
            belfry_activitypub::Reach::Unlisted => Visibility::Unlisted,
            // Addressed to nobody in particular, as some do, it is for the followers.
            belfry_activitypub::Reach::Followers | belfry_activitypub::Reach::Direct => Visibility::Private,
        },
        content_html: String::new(),
        spoiler_text: String::new(),
        sensitive: false,
        language: None,
        in_reply_to_uri: None,
        in_reply_to: None,
        reblog_of: Some(Ref::new(TenantId(original.tenant_id), StatusId(original.id))),
        conversation_uri: None,
        created_at: arrival.activity.published.unwrap_or(arrival.at).min(arrival.at),
        edited_at: None,
        mentions: Vec::new(),
        tags: Vec::new(),
        media: Vec::new(),
    }
}

fn is_open(post: &row::Status) -> bool {
    post.visibility.parse().is_ok_and(Visibility::is_open)
}
