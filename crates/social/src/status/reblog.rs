//! Boosting a post and taking that back.

use belfry_model::{ActorId, Lane, Ref, StatusId, Visibility};
use belfry_storage::{NewStatus, Page, TenantTx, row};
use serde_json::json;

use super::favourite::{Author, author};
use super::post::reference;
use crate::account::Listed;
use crate::outgoing::{Kind, Outgoing, record};
use crate::{Error, Invalid, Poster, Result, Social, StatusView, Viewer, distribute, view};

impl Social {
    /// Only what anybody may read can be boosted. Doing it twice is doing it once.
    pub async fn status_reblog(
        &self,
        poster: &Poster,
        id: StatusId,
        visibility: Visibility,
    ) -> Result<StatusView> {
        let tx = self.app.tenant(poster.scope).await?;
        let actor = self.speaker(&tx, poster).await?.actor;
        let original = super::meant(&tx, id, Some(poster.actor)).await?;
        if !super::visibility(&original)?.is_open() || visibility == Visibility::Direct {
            return Err(Invalid::NotOpen.into());
        }
        let now = self.clock.now();
        let new_id = StatusId(tx.id_next().await?);
        let uri = format!("{}/activity", self.origin(&actor)?.status(&actor.username, new_id));
        let new = NewStatus {
            id: new_id,
            uri: uri.clone(),
            url: None,
            actor: Ref::new(tx.tenant(), poster.actor),
            staff: poster.staff(),
            local: true,
            visibility,
            text: String::new(),
            content_html: String::new(),
            spoiler_text: String::new(),
            sensitive: false,
            language: None,
            in_reply_to_uri: None,
            in_reply_to: None,
            in_reply_to_actor: None,
            reblog_of: Some(reference(&original)),
            conversation_uri: None,
            app_name: None,
            app_website: None,
            idempotency_key: None,
            created_at: now,
        };
        let Some(row) = tx.status_insert(new).await? else {
            let of = StatusId(original.id);
            let stands = tx.status_reblog_find(poster.actor, of).await?.ok_or(Error::NotFound)?;
            return view::one_status(&tx, stands, Some(poster.actor)).await;
        };
        distribute(&tx, reference(&row), self.limits.home_timeline_posts, now).await?;
        let recipients = match author(&tx, &original).await? {
            Author::Elsewhere(recipient) => vec![recipient],
            Author::Here(_) | Author::Gone => Vec::new(),
        };
        let announce = Outgoing {
            uri: Some(uri),
            status: Some(new_id),
            to_followers: true,
            recipients,
            ..Outgoing::new(Kind::Announce, &actor, now)
        };
        record(&tx, announce).await?;
        let view = view::one_status(&tx, row, Some(poster.actor)).await?;
        super::count(&tx, Lane::Normal, now).await?;
        self.act(&tx, poster, "status.boost", json!({ "status": id.to_string() })).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// Answers the post that was boosted. Taking back what was not done changes nothing.
    pub async fn status_unreblog(&self, poster: &Poster, id: StatusId) -> Result<StatusView> {
        let tx = self.app.tenant(poster.scope).await?;
        let actor = self.poster(&tx, poster).await?;
        let original = super::meant(&tx, id, Some(poster.actor)).await?;
        if let Some(boost) = tx.status_reblog_find(poster.actor, StatusId(original.id)).await? {
            self.unreblog_in(&tx, poster, &actor, &boost).await?;
        }
        let view = view::one_status(&tx, original, Some(poster.actor)).await?;
        tx.commit().await?;
        Ok(view)
    }

    pub(super) async fn unreblog_in(
        &self,
        tx: &TenantTx,
        poster: &Poster,
        actor: &row::Actor,
        boost: &row::Status,
    ) -> Result<()> {
        let now = self.clock.now();
        let original = match boost.reblog_of_id {
            Some(of) => tx.status_fetch(StatusId(of)).await?.ok_or(Error::NotFound)?,
            None => return Err(Error::NotFound),
        };
        tx.home_timeline_remove(StatusId(boost.id)).await?;
        tx.status_tombstone(StatusId(boost.id), now).await?;
        let of = Some(StatusId(original.id));
        tx.notification_withdraw("reblog", ActorId(actor.id), None, of).await?;
        let recipients = match author(tx, &original).await? {
            Author::Elsewhere(recipient) => vec![recipient],
            Author::Here(_) | Author::Gone => Vec::new(),
        };
        let announce = json!({
            "id": boost.uri, "type": "Announce", "actor": actor.uri, "object": original.uri,
        });
        let undo = Outgoing {
            object: Some(announce),
            to_followers: true,
            recipients,
            ..Outgoing::new(Kind::Undo, actor, now)
        };
        record(tx, undo).await?;
        self.act(tx, poster, "status.unboost", json!({ "status": boost.id.to_string() })).await
    }

    /// Who boosted a post, as far as this tenant knows.
    pub async fn status_reblogged_by(&self, viewer: Viewer, id: StatusId, page: Page) -> Result<Vec<Listed>> {
        let tx = self.app.tenant(viewer.scope).await?;
        let status = super::meant(&tx, id, viewer.actor).await?;
        let rows = tx.status_reblogs(StatusId(status.id), viewer.actor, page).await?;
        Listed::load(&tx, rows.into_iter().map(|row| (row.id, ActorId(row.actor_id))).collect()).await
    }
}
