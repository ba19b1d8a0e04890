//! Posting.

use belfry_model::{ActorId, Lane, MediaId, Ref, StatusId, TenantId, Visibility};
use belfry_storage::{NewStatus, TenantTx, row};
use belfry_tenancy::baseline::settings::{self, Settings};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::compose::{Composed, Resolved, compose};
use crate::outgoing::{Kind, Outgoing, Recipient, record};
use crate::social::Speaker;
use crate::{Invalid, Poster, Result, Social, StatusView, distribute, text, view};

/// How long a key keeps making one post of many requests.
const IDEMPOTENCY: TimeDelta = TimeDelta::hours(1);

/// A post to be.
#[derive(Debug, Clone)]
pub struct Draft {
    pub text: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub visibility: Visibility,
    pub language: Option<String>,
    pub in_reply_to: Option<StatusId>,
    pub media: Vec<MediaId>,
    /// For the handles that [`crate::text::handles`] finds, where the caller asked elsewhere.
    pub mentions: Vec<Resolved>,
    pub idempotency_key: Option<String>,
    pub app: Option<App>,
    /// How soon it leaves. Urgent is for those who may ([`super::urgent`]).
    pub lane: Lane,
}

impl Draft {
    /// A public post and nothing else.
    pub fn public(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            spoiler_text: String::new(),
            sensitive: false,
            visibility: Visibility::Public,
            language: None,
            in_reply_to: None,
            media: Vec::new(),
            mentions: Vec::new(),
            idempotency_key: None,
            app: None,
            lane: Lane::Normal,
        }
    }
}

/// The client that a post was written with, shown with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    pub name: String,
    pub website: Option<String>,
}

impl Social {
    /// Writes the post, brings it to this tenant's people and commits its delivery, in one
    /// transaction. Requests with the same key within an hour get the same post.
    pub async fn status_post(&self, poster: &Poster, draft: Draft) -> Result<StatusView> {
        let tx = self.app.tenant(poster.scope).await?;
        let Speaker { actor: author, staff } = self.speaker(&tx, poster).await?;
        let now = self.clock.now();
        if let Some(made) = made_before(&tx, poster, &draft, now).await? {
            return view::one_status(&tx, made, Some(poster.actor)).await;
        }
        let holds = settings::of_in(&tx).await?;
        self.check_words(&holds, &draft.text, &draft.spoiler_text, draft.media.len())?;
        check_described(&tx, &holds, &draft.media, &[]).await?;
        if draft.lane == Lane::Urgent {
            self.check_urgent(&tx, staff.as_ref()).await?;
        }
        let parent = parent(&tx, poster, draft.in_reply_to).await?;
        let origin = self.origin(&author)?;
        let composed = compose(&tx, &author, &origin, &draft.text, &draft.mentions).await?;

        let id = StatusId(tx.id_next().await?);
        let uri = origin.status(&author.username, id);
        let new = NewStatus {
            id,
            uri: uri.clone(),
            url: Some(origin.status_page(&author.username, id)),
            actor: Ref::new(TenantId(author.tenant_id), poster.actor),
            staff: poster.staff(),
            local: true,
            visibility: draft.visibility,
            text: draft.text.trim().to_owned(),
            content_html: composed.html.clone(),
            sensitive: draft.sensitive || !draft.spoiler_text.trim().is_empty(),
            spoiler_text: draft.spoiler_text.trim().to_owned(),
            language: draft.language.clone(),
            in_reply_to_uri: parent.as_ref().map(|parent| parent.uri.clone()),
            in_reply_to: parent.as_ref().map(reference),
            in_reply_to_actor: parent.as_ref().map(|parent| ActorId(parent.actor_id)),
            reblog_of: None,
            conversation_uri: Some(conversation(parent.as_ref(), &uri)),
            app_name: draft.app.as_ref().map(|app| app.name.clone()),
            app_website: draft.app.as_ref().and_then(|app| app.website.clone()),
            idempotency_key: draft.idempotency_key.clone(),
            created_at: now,
        };
        let Some(row) = tx.status_insert(new).await? else {
            // Another request with this key was faster; its transaction has committed.
            return match made_before(&tx, poster, &draft, now).await? {
                Some(made) => view::one_status(&tx, made, Some(poster.actor)).await,
                None => Err(crate::Error::NotFound),
            };
        };
        self.attach(&tx, poster, &row, &draft.media, &composed).await?;
        tx.actor_posted(poster.actor, now).await?;
        distribute(&tx, reference(&row), self.limits.home_timeline_posts, now).await?;
        let recipients = recipients(&tx, &row, parent.as_ref(), composed.recipients).await?;
        record(
            &tx,
            Outgoing {
                uri: Some(format!("{uri}/activity")),
                status: Some(id),
                to_followers: draft.visibility != Visibility::Direct,
                recipients,
                lane: draft.lane,
                ..Outgoing::new(Kind::Create, &author, now)
            },
        )
        .await?;
        let view = view::one_status(&tx, row, Some(poster.actor)).await?;
        super::count(&tx, draft.lane, now).await?;
        self.act(
            &tx,
            poster,
            "status.create",
            json!({ "status": id.to_string(), "visibility": draft.visibility }),
        )
        .await?;
        tx.commit().await?;
        Ok(view)
    }

    /// A post says or shows something, and neither too much.
    pub(super) fn check_words(
        &self,
        holds: &Settings,
        text: &str,
        spoiler_text: &str,
        attachments: usize,
    ) -> Result<()> {
        let limit = usize::try_from(holds.post_length.value).unwrap_or_default();
        if text.trim().is_empty() && attachments == 0 {
            return Err(Invalid::Blank.into());
        }
        if text::length(text.trim()) + text::length(spoiler_text.trim()) > limit {
            return Err(Invalid::TooLong(limit).into());
        }
        if attachments > self.limits.attachments {
            return Err(Invalid::TooManyAttachments(self.limits.attachments).into());
        }
        Ok(())
    }

    async fn attach(
        &self,
        tx: &TenantTx,
        poster: &Poster,
        row: &row::Status,
        media: &[MediaId],
        composed: &Composed,
    ) -> Result<()> {
        let id = StatusId(row.id);
        tx.mention_insert(id, &composed.mentions).await?;
        tx.tag_insert(id, &composed.tags).await?;
        if tx.media_attach(id, poster.actor, media).await? < media.len() {
            return Err(Invalid::Attachment.into());
        }
        Ok(())
    }
}

/// Where the agency or the platform requires it, each attachment says in words what it shows. What
/// `changes` says of one counts for it.
pub(super) async fn check_described(
    tx: &TenantTx,
    holds: &Settings,
    media: &[MediaId],
    changes: &[super::edit::MediaChange],
) -> Result<()> {
    if media.is_empty() || !holds.alt_text.value {
        return Ok(());
    }
    let is_said = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    for file in tx.media_list(media).await? {
        let change = changes.iter().find(|change| change.id.0 == file.id);
        let said = change.and_then(|change| change.description.as_deref()).or(file.description.as_deref());
        if !is_said(said) {
            return Err(Invalid::Undescribed.into());
        }
    }
    Ok(())
}

async fn made_before(
    tx: &TenantTx,
    poster: &Poster,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<Option<row::Status>> {
    let Some(key) = &draft.idempotency_key else { return Ok(None) };
    tx.status_idempotency_expire(poster.actor, key, now - IDEMPOTENCY).await?;
    Ok(tx.status_by_idempotency_key(poster.actor, key).await?)
}

/// What is answered. Answering a boost answers the boosted post.
async fn parent(tx: &TenantTx, poster: &Poster, id: Option<StatusId>) -> Result<Option<row::Status>> {
    let Some(id) = id else { return Ok(None) };
    match super::meant(tx, id, Some(poster.actor)).await {
        Ok(parent) => Ok(Some(parent)),
        Err(crate::Error::NotFound) => Err(Invalid::Parent.into()),
        Err(error) => Err(error),
    }
}

/// Those named elsewhere, and the author of what is answered where anybody may read it.
async fn recipients(
    tx: &TenantTx,
    row: &row::Status,
    parent: Option<&row::Status>,
    mut named: Vec<Recipient>,
) -> Result<Vec<Recipient>> {
    if let Some(parent) = parent
        && super::visibility(row)?.is_open()
    {
        named.extend(tx.actor_fetch(ActorId(parent.actor_id)).await?.as_ref().and_then(Recipient::of));
    }
    Ok(named)
}

pub(super) fn reference(row: &row::Status) -> Ref<StatusId> {
    Ref::new(TenantId(row.tenant_id), StatusId(row.id))
}

fn conversation(parent: Option<&row::Status>, own: &str) -> String {
    match parent {
        Some(parent) => parent.conversation_uri.clone().unwrap_or_else(|| parent.uri.clone()),
        None => own.to_owned(),
    }
}
