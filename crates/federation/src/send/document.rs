//! The document of an activity, written from its row and from what it names as that is now.

use belfry_activitypub::document::{Activity, Tombstone};
use belfry_activitypub::{Audience, PUBLIC, Reach, context};
use belfry_model::{ActivityId, ActorId, StatusId, TenantScope};
use belfry_storage::{TenantTx, row};
use serde_json::{Value, json};

use crate::render::{self, Renderer};
use crate::{Federation, Result};

impl Federation {
    /// The activity and who does it. `None` if it is withdrawn or there is none.
    pub(crate) async fn activity_document(
        &self,
        scope: TenantScope,
        id: ActivityId,
    ) -> Result<Option<(ActorId, Value)>> {
        let tx = self.app.tenant(scope).await?;
        let found = self.addressed_document(&tx, id).await?;
        tx.commit().await?;
        Ok(found.map(|(author, _, document)| (ActorId(author.id), document)))
    }

    /// The same with all of the account, and whether it goes to its followers.
    pub(super) async fn addressed_document(
        &self,
        tx: &TenantTx,
        id: ActivityId,
    ) -> Result<Option<(row::Actor, bool, Value)>> {
        let tenant = self.tenant(tx.tenant())?;
        let renderer = Renderer { names: &self.names, tenant: &tenant };
        let Some(activity) = tx.activity_fetch(id).await? else { return Ok(None) };
        let Some(author) = tx.actor_fetch(ActorId(activity.actor_id)).await? else { return Ok(None) };
        let document = match activity.status_id {
            Some(status) => of_status(tx, &renderer, &activity, &author, StatusId(status)).await?,
            None if activity.kind == "Update" => Some(profile(tx, &renderer, &activity, &author).await?),
            None => Some(plain(&activity, &author)),
        };
        Ok(document.map(|document| (author, activity.to_followers, document)))
    }
}

async fn of_status(
    tx: &TenantTx,
    renderer: &Renderer<'_>,
    activity: &row::Activity,
    author: &row::Actor,
    id: StatusId,
) -> Result<Option<Value>> {
    let Some(post) = tx.status_fetch(id).await? else { return Ok(None) };
    if activity.kind == "Delete" {
        let tombstone = Tombstone::new(&post.uri, post.deleted_at);
        let audience = Audience::new(render::reach(&post)?, render::followers(author), named(activity));
        let delete = Activity::delete(&activity.uri, &author.uri, tombstone).to(audience);
        return Ok(Some(serde_json::to_value(delete)?));
    }
    if post.deleted_at.is_some() {
        return Ok(None);
    }
    if let Some(of) = post.reblog_of_id {
        return announce(tx, activity, author, &post, StatusId(of)).await;
    }
    let Some(note) = renderer.notes(tx, author, std::slice::from_ref(&post)).await?.pop() else {
        return Ok(None);
    };
    let sent = if activity.kind == "Update" {
        Activity::update(&activity.uri, note)
    } else {
        Activity::create(&activity.uri, note)
    };
    Ok(Some(serde_json::to_value(sent)?))
}

async fn announce(
    tx: &TenantTx,
    activity: &row::Activity,
    author: &row::Actor,
    boost: &row::Status,
    of: StatusId,
) -> Result<Option<Value>> {
    let Some(of) = tx.status_fetch(of).await?.filter(|of| of.deleted_at.is_none()) else { return Ok(None) };
    let by = tx.actor_fetch(ActorId(of.actor_id)).await?;
    let by = by.as_ref().map(|by| by.uri.as_str());
    let sent = Renderer::announce(&activity.uri, author, boost, &of.uri, by)?;
    Ok(Some(serde_json::to_value(sent)?))
}

/// What the account says of itself, as it is now.
async fn profile(
    tx: &TenantTx,
    renderer: &Renderer<'_>,
    activity: &row::Activity,
    author: &row::Actor,
) -> Result<Value> {
    let audience = Audience::new(Reach::Public, render::followers(author), []);
    let sent = Activity::update_actor(&activity.uri, renderer.actor(tx, author).await?).to(audience);
    Ok(serde_json::to_value(sent)?)
}

/// Follow, Accept, Reject, Undo, Like: the row holds the small object whole. Addressed as what
/// it undoes was, where that says.
fn plain(activity: &row::Activity, author: &row::Actor) -> Value {
    let object = activity.object.clone().unwrap_or_default();
    let mut sent = json!({
        "@context": context::plain(),
        "id": activity.uri,
        "type": activity.kind,
        "actor": author.uri,
    });
    if let Some(sent) = sent.as_object_mut() {
        let to = object.get("to").cloned().unwrap_or_else(|| json!(named(activity)));
        sent.insert("to".to_owned(), to);
        if let Some(cc) = object.get("cc") {
            sent.insert("cc".to_owned(), cc.clone());
        } else if activity.to_followers {
            sent.insert("cc".to_owned(), json!([PUBLIC, render::followers(author)]));
        }
        sent.insert("object".to_owned(), object);
    }
    sent
}

/// Whom the activity is addressed to by name.
fn named(activity: &row::Activity) -> Vec<String> {
    let recipients = activity.recipients.as_array().map(Vec::as_slice).unwrap_or_default();
    recipients.iter().filter_map(|to| to.get("uri")?.as_str().map(str::to_owned)).collect()
}
