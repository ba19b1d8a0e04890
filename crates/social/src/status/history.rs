//! Every version of a post, the original first and the present one last.

use std::collections::HashMap;
use std::sync::Arc;

use belfry_model::{MediaId, StatusId};
use belfry_storage::row;
use chrono::{DateTime, Utc};

use crate::{AccountView, Error, Result, Social, Viewer, view};

#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    pub author: Arc<AccountView>,
    pub content_html: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    /// As they were described then.
    pub media: Vec<row::MediaAttachment>,
    pub created_at: DateTime<Utc>,
}

impl Social {
    pub async fn status_history(&self, viewer: Viewer, id: StatusId) -> Result<Vec<Version>> {
        let tx = self.app.tenant(viewer.scope).await?;
        let row = tx.status_visible(id, viewer.actor).await?.ok_or(Error::NotFound)?;
        let now = view::one_status(&tx, row, viewer.actor).await?;
        let earlier = tx.status_edit_list(id).await?;
        let ids: Vec<MediaId> = earlier.iter().flat_map(kept).map(|(id, _)| id).collect();
        let media: HashMap<i64, row::MediaAttachment> =
            tx.media_list(&ids).await?.into_iter().map(|media| (media.id, media)).collect();
        let mut versions: Vec<Version> = earlier
            .into_iter()
            .map(|edit| Version {
                author: Arc::clone(&now.author),
                media: kept(&edit)
                    .filter_map(|(id, description)| {
                        media.get(&id.0).cloned().map(|media| row::MediaAttachment { description, ..media })
                    })
                    .collect(),
                content_html: edit.content_html,
                spoiler_text: edit.spoiler_text,
                sensitive: edit.sensitive,
                created_at: edit.created_at,
            })
            .collect();
        versions.push(Version {
            author: now.author,
            content_html: now.row.content_html,
            spoiler_text: now.row.spoiler_text,
            sensitive: now.row.sensitive,
            media: now.media,
            created_at: now.row.edited_at.unwrap_or(now.row.created_at),
        });
        Ok(versions)
    }
}

/// What was attached, and how it was described.
fn kept(edit: &row::StatusEdit) -> impl Iterator<Item = (MediaId, Option<String>)> {
    edit.media.as_array().into_iter().flatten().filter_map(|media| {
        let id = media.get("id")?.as_i64()?;
        let description = media.get("description").and_then(|text| text.as_str()).map(str::to_owned);
        Some((MediaId(id), description))
    })
}
