//! Create: a post. Open ones of followed authors go to the commons once; what is not open, or
//! names or answers somebody of a tenant, is kept among that tenant's own rows.

use belfry_activitypub::RemoteNote;
use belfry_activitypub::incoming::Object;
use belfry_model::{ActorId, Ref, StatusId, TenantId, TenantScope};
use belfry_social::distribute;
use belfry_storage::{TenantTx, row};

use super::{Arrival, authorise};
use crate::{Error, Federation, Result, fetch, ingest, obtain};

pub(super) async fn apply(federation: &Federation, arrival: &Arrival) -> Result<()> {
    match &arrival.activity.object {
        Object::Note(note) => place(federation, arrival, note).await,
        // Some send the address alone: the post is read where it lies.
        Object::Uri(uri) if arrival.origin.is_none() => {
            federation.check(arrival.behalf, uri)?;
            let key = federation.fetch_key(arrival.behalf).await?;
            let note = fetch::note(&federation.client, uri, key.as_deref()).await?;
            place(federation, arrival, &note).await
        }
        _ => Err(Error::Unusable("what was created is no post")),
    }
}

/// Stores a post, new or edited, where it belongs and brings it to the people it concerns.
pub(super) async fn place(federation: &Federation, arrival: &Arrival, note: &RemoteNote) -> Result<()> {
    authorise::note(arrival, note)?;
    let concern = federation.concern_of_note(arrival, note).await?;
    if concern.is_empty() {
        return Ok(());
    }
    let open = ingest::visibility(note, &arrival.author).is_open();
    if let Some(parent) = &note.in_reply_to {
        fetch_thread(federation, arrival, parent).await?;
    }
    let shared =
        if open && !concern.interested.is_empty() { share(federation, arrival, note).await? } else { None };
    for scope in concern.all() {
        let follows = concern.interested.contains(&scope.tenant());
        let related = shared.as_ref().filter(|_| follows);
        deliver(federation, arrival, note, scope, follows && !open, related).await?;
    }
    Ok(())
}

/// What the post answers, as far up as the settings allow. A post whose thread can't be read
/// is still a post.
async fn fetch_thread(federation: &Federation, arrival: &Arrival, parent: &str) -> Result<()> {
    if federation.is_ours(parent) && arrival.origin.is_none() {
        return Ok(());
    }
    match federation.obtain_status(arrival.behalf, parent).await {
        Err(error @ (Error::Storage(_) | Error::Tenancy(_))) => Err(error),
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::debug!(error = &error as &dyn std::error::Error, "what a post answers can't be read");
            Ok(())
        }
    }
}

/// The post in the commons, and what has to be related for it to be seen in its thread.
struct Shared {
    status: row::Status,
    surroundings: Vec<i64>,
}

async fn share(federation: &Federation, arrival: &Arrival, note: &RemoteNote) -> Result<Option<Shared>> {
    let tx = federation.app.commons().await?;
    tx.received_mark(&arrival.id).await?;
    let written = obtain::commons_write(&tx, note, &arrival.author, arrival.at).await?;
    let shared = match written.status() {
        Some(status) => {
            let depth = federation.settings.max_thread_depth;
            let surroundings = tx.status_surroundings(StatusId(status.id), depth).await?;
            Some(Shared { status: status.clone(), surroundings })
        }
        None => None,
    };
    tx.commit().await?;
    Ok(shared)
}

/// One tenant's part. `closed`: somebody here follows the author, and the post isn't open.
async fn deliver(
    federation: &Federation,
    arrival: &Arrival,
    note: &RemoteNote,
    scope: TenantScope,
    closed: bool,
    shared: Option<&Shared>,
) -> Result<()> {
    let tx = federation.app.tenant(scope).await?;
    tx.commons_relate(&[arrival.author.id]).await?;
    if !tx.received_mark(&arrival.id).await? {
        return Ok(());
    }
    let status = if closed || is_for(&tx, note).await? {
        keep(&tx, arrival, note).await?
    } else if let Some(shared) = shared {
        tx.commons_relate(&shared.surroundings).await?;
        Some(Ref::new(TenantId(shared.status.tenant_id), StatusId(shared.status.id)))
    } else {
        // It names an address here at which there is nobody.
        None
    };
    if let Some(status) = status {
        distribute(&tx, status, federation.social.limits().home_timeline_posts, arrival.at).await?;
    }
    Ok(tx.commit().await?)
}

/// Whether the post is part of this tenant's own record: it is already, or names one of its
/// accounts, or answers what is.
async fn is_for(tx: &TenantTx, note: &RemoteNote) -> Result<bool> {
    if tx.own_status_by_uri(&note.id).await?.is_some() {
        return Ok(true);
    }
    if let Some(parent) = &note.in_reply_to
        && tx.own_status_by_uri(parent).await?.is_some()
    {
        return Ok(true);
    }
    let named: Vec<String> = named(note);
    let ours = tx.tenant().0;
    let known = tx.actor_by_uris(&named).await?;
    Ok(known.iter().any(|actor| actor.tenant_id == ours && actor.deleted_at.is_none()))
}

/// Stores the post among the tenant's own rows.
pub(crate) async fn keep(
    tx: &TenantTx,
    arrival: &Arrival,
    note: &RemoteNote,
) -> Result<Option<Ref<StatusId>>> {
    keep_post(tx, note, &arrival.author, arrival.at).await
}

/// Also for what somebody of the tenant looked up.
pub(crate) async fn keep_post(
    tx: &TenantTx,
    note: &RemoteNote,
    author: &row::Actor,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<Option<Ref<StatusId>>> {
    let parent = match &note.in_reply_to {
        Some(uri) => tx.status_by_uri(uri).await?.filter(|parent| parent.deleted_at.is_none()),
        None => None,
    };
    let known = tx.actor_by_uris(&named(note)).await?;
    let post = ingest::note(note, author, parent.as_ref(), &known, tx.tenant(), at);
    let written = tx.remote_status_upsert(post).await?;
    tx.holding_insert(ActorId(author.id)).await?;
    Ok(written.status().map(|status| Ref::new(tx.tenant(), StatusId(status.id))))
}

/// Everybody whom the post names or addresses.
fn named(note: &RemoteNote) -> Vec<String> {
    let mentioned = note.mentions.iter().map(|named| named.href.clone());
    let mut named: Vec<String> =
        mentioned.chain(note.to.iter().cloned()).chain(note.cc.iter().cloned()).collect();
    named.sort_unstable();
    named.dedup();
    named
}
