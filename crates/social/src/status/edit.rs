//! Editing. Every earlier version stays readable.

use std::collections::HashMap;

use belfry_model::{MediaId, StatusId, Visibility};
use belfry_storage::{Page, StatusChange, TenantTx, row};
use belfry_tenancy::baseline::settings;
use serde_json::json;

use super::compose::{Resolved, compose};
use super::post::reference;
use crate::media::Focus;
use crate::notify::{self, notify};
use crate::outgoing::{Kind, Outgoing, record};
use crate::{Invalid, Poster, Result, Social, StatusView, view};

/// What a post becomes. Visibility and what it answers stay as they are.
#[derive(Debug, Clone)]
pub struct Change {
    pub text: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    /// `None` leaves it as it is.
    pub language: Option<String>,
    /// All attachments it has from now on; `None` leaves them as they are.
    pub media: Option<Vec<MediaId>>,
    pub media_changes: Vec<MediaChange>,
    /// As in [`super::Draft`].
    pub mentions: Vec<Resolved>,
}

/// What becomes of one attachment.
#[derive(Debug, Clone, PartialEq)]
pub struct MediaChange {
    pub id: MediaId,
    pub description: Option<String>,
    pub focus: Option<Focus>,
}

impl Social {
    /// No change is no edit: nothing is kept and nothing is sent.
    pub async fn status_edit(&self, poster: &Poster, id: StatusId, change: Change) -> Result<StatusView> {
        let tx = self.app.tenant(poster.scope).await?;
        let author = self.speaker(&tx, poster).await?.actor;
        let before = super::own(&tx, poster, id).await?;
        if before.reblog_of_id.is_some() {
            return Err(crate::Error::NotFound);
        }
        let media_before = tx.media_of_statuses(&[id]).await?;
        let attached: Vec<MediaId> = media_before.iter().map(|media| MediaId(media.id)).collect();
        let wanted = change.media.clone().unwrap_or_else(|| attached.clone());
        let holds = settings::of_in(&tx).await?;
        self.check_words(&holds, &change.text, &change.spoiler_text, wanted.len())?;
        super::post::check_described(&tx, &holds, &wanted, &change.media_changes).await?;
        let language = change.language.clone().or_else(|| before.language.clone());
        let same = before.text == change.text.trim()
            && before.spoiler_text == change.spoiler_text.trim()
            && before.sensitive == (change.sensitive || !change.spoiler_text.trim().is_empty())
            && before.language == language
            && attached == wanted
            && !redescribed(&media_before, &change.media_changes);
        if same {
            return view::one_status(&tx, before, Some(poster.actor)).await;
        }

        let now = self.clock.now();
        let mut recipients = super::addressed(&tx, &before).await?;
        tx.status_edit_insert(&before, media_kept(&media_before)).await?;
        let composed = compose(&tx, &author, &self.origin(&author)?, &change.text, &change.mentions).await?;
        let row = tx
            .status_update(
                id,
                StatusChange {
                    text: change.text.trim().to_owned(),
                    content_html: composed.html,
                    spoiler_text: change.spoiler_text.trim().to_owned(),
                    sensitive: change.sensitive || !change.spoiler_text.trim().is_empty(),
                    language,
                    edited_at: now,
                },
            )
            .await?
            .ok_or(crate::Error::NotFound)?;
        tx.mention_delete(id).await?;
        tx.mention_insert(id, &composed.mentions).await?;
        tx.tag_delete(id).await?;
        tx.tag_insert(id, &composed.tags).await?;
        for media in &change.media_changes {
            self.describe_in(&tx, poster, media.id, media.description.clone(), media.focus).await?;
        }
        if attached != wanted {
            tx.media_detach(id, &wanted).await?;
            if tx.media_attach(id, poster.actor, &wanted).await? < wanted.len() {
                return Err(Invalid::Attachment.into());
            }
        }
        crate::distribute(&tx, reference(&row), self.limits.home_timeline_posts, now).await?;
        tell_boosters(&tx, &row, now).await?;
        recipients.extend(composed.recipients);
        recipients.extend(super::holders(&tx, &row).await?);
        record(
            &tx,
            Outgoing {
                status: Some(id),
                to_followers: super::visibility(&row)? != Visibility::Direct,
                recipients,
                lane: self.lane_after(&tx, id).await?,
                ..Outgoing::new(Kind::Update, &author, now)
            },
        )
        .await?;
        let view = view::one_status(&tx, row, Some(poster.actor)).await?;
        self.act(&tx, poster, "status.edit", json!({ "status": id.to_string() })).await?;
        tx.commit().await?;
        Ok(view)
    }
}

/// Who boosted a post answers for it, and is told when it changes.
async fn tell_boosters(tx: &TenantTx, row: &row::Status, at: chrono::DateTime<chrono::Utc>) -> Result<()> {
    use belfry_model::{ActorId, Ref, TenantId};
    let author = Ref::new(TenantId(row.actor_tenant), ActorId(row.actor_id));
    let boosts = tx.status_reblogs(StatusId(row.id), Some(author.id), Page::newest(200)).await?;
    for boost in boosts.iter().filter(|boost| boost.actor_tenant == tx.tenant().0) {
        let to = ActorId(boost.actor_id);
        notify(tx, to, notify::Kind::Update, author, Some(reference(row)), at).await?;
    }
    Ok(())
}

fn redescribed(before: &[row::MediaAttachment], changes: &[MediaChange]) -> bool {
    let before: HashMap<i64, &row::MediaAttachment> = before.iter().map(|media| (media.id, media)).collect();
    changes.iter().any(|change| {
        before.get(&change.id.0).is_none_or(|media| {
            change.description.as_ref().is_some_and(|new| media.description.as_ref() != Some(new))
                || change.focus.is_some_and(|new| Focus::of(media) != Some(new))
        })
    })
}

/// What an earlier version had attached, and how it was described then.
fn media_kept(media: &[row::MediaAttachment]) -> serde_json::Value {
    media.iter().map(|media| json!({ "id": media.id, "description": media.description })).collect()
}
