//! Favouriting a post and taking that back.

use belfry_model::{ActorId, Ref, StatusId, TenantId};
use belfry_storage::{NewFavourite, Page, TenantTx, row};
use serde_json::{Value as Json, json};

use super::post::reference;
use crate::account::Listed;
use crate::notify::{self, notify};
use crate::outgoing::{Kind, Outgoing, Recipient, record};
use crate::{Poster, Result, Social, StatusView, Viewer, view};

impl Social {
    /// Doing it twice is doing it once. Of a boost, the boosted post is meant.
    pub async fn status_favourite(&self, poster: &Poster, id: StatusId) -> Result<StatusView> {
        let tx = self.app.tenant(poster.scope).await?;
        let actor = self.poster(&tx, poster).await?;
        let status = super::meant(&tx, id, Some(poster.actor)).await?;
        let now = self.clock.now();
        let uri = self.origin(&actor)?.activity(&actor.username, "like", tx.id_next().await?);
        let made = tx
            .favourite_insert(NewFavourite {
                uri: uri.clone(),
                actor: Ref::new(tx.tenant(), poster.actor),
                status: reference(&status),
                created_at: now,
            })
            .await?;
        if made.is_some() {
            let from = Ref::new(tx.tenant(), poster.actor);
            match author(&tx, &status).await? {
                Author::Here(to) => {
                    notify(&tx, to, notify::Kind::Favourite, from, Some(reference(&status)), now).await?;
                }
                Author::Elsewhere(recipient) => {
                    let like = Outgoing {
                        uri: Some(uri),
                        object: Some(Json::String(status.uri.clone())),
                        recipients: vec![recipient],
                        ..Outgoing::new(Kind::Like, &actor, now)
                    };
                    record(&tx, like).await?;
                }
                Author::Gone => {}
            }
        }
        let view = view::one_status(&tx, status, Some(poster.actor)).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// Taking back what was not done changes nothing.
    pub async fn status_unfavourite(&self, poster: &Poster, id: StatusId) -> Result<StatusView> {
        let tx = self.app.tenant(poster.scope).await?;
        let actor = self.poster(&tx, poster).await?;
        let status = super::meant(&tx, id, Some(poster.actor)).await?;
        let favourite = tx.favourite_find(poster.actor, StatusId(status.id)).await?;
        if let Some(favourite) = favourite
            && tx.favourite_delete(favourite.id).await?
        {
            let of = Some(StatusId(status.id));
            tx.notification_withdraw("favourite", poster.actor, None, of).await?;
            if let Author::Elsewhere(recipient) = author(&tx, &status).await? {
                let like = json!({
                    "id": favourite.uri, "type": "Like", "actor": actor.uri, "object": status.uri,
                });
                let undo = Outgoing {
                    object: Some(like),
                    recipients: vec![recipient],
                    ..Outgoing::new(Kind::Undo, &actor, self.clock.now())
                };
                record(&tx, undo).await?;
            }
        }
        let view = view::one_status(&tx, status, Some(poster.actor)).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// Who favourited a post, as far as this tenant knows.
    pub async fn status_favourited_by(
        &self,
        viewer: Viewer,
        id: StatusId,
        page: Page,
    ) -> Result<Vec<Listed>> {
        let tx = self.app.tenant(viewer.scope).await?;
        let status = super::meant(&tx, id, viewer.actor).await?;
        let rows = tx.favourite_list(StatusId(status.id), page).await?;
        Listed::load(&tx, rows.into_iter().map(|row| (row.id, ActorId(row.actor_id))).collect()).await
    }
}

pub(super) enum Author {
    Here(ActorId),
    Elsewhere(Recipient),
    Gone,
}

/// Where the author of a post is to be reached.
pub(super) async fn author(tx: &TenantTx, status: &row::Status) -> Result<Author> {
    if TenantId(status.actor_tenant) == tx.tenant() {
        return Ok(Author::Here(ActorId(status.actor_id)));
    }
    let row = tx.actor_fetch(ActorId(status.actor_id)).await?;
    Ok(row.as_ref().and_then(Recipient::of).map_or(Author::Gone, Author::Elsewhere))
}
