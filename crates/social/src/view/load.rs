//! Loading views: whatever the length of the page, nine statements for posts and three for accounts.

use std::collections::HashMap;
use std::sync::Arc;

use belfry_model::{ActorId, MediaId, StatusId};
use belfry_storage::{TenantTx, row};

use super::{AccountView, StatusView};
use crate::{Error, Result};

/// Accounts by id. One that can't be seen, is gone, or is at a server that is barred
/// is left out.
pub(crate) async fn accounts(tx: &TenantTx, ids: &[ActorId]) -> Result<HashMap<ActorId, Arc<AccountView>>> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let rows = tx.actor_shown_list(&ids).await?;
    let counts = tx.actor_counts(&ids).await?;
    let pictures: Vec<MediaId> = rows
        .iter()
        .flat_map(|row| [row.avatar_media_id, row.header_media_id])
        .flatten()
        .map(MediaId)
        .collect();
    let pictures: HashMap<i64, row::MediaAttachment> =
        tx.media_list(&pictures).await?.into_iter().map(|media| (media.id, media)).collect();
    let picture = |id: Option<i64>| id.and_then(|id| pictures.get(&id).cloned());
    Ok(rows
        .into_iter()
        .filter(|row| row.deleted_at.is_none())
        .map(|row| {
            let id = ActorId(row.id);
            let view = AccountView {
                avatar: picture(row.avatar_media_id),
                header: picture(row.header_media_id),
                counts: counts.get(&id).copied().unwrap_or_default(),
                row,
            };
            (id, Arc::new(view))
        })
        .collect())
}

pub(crate) async fn one_account(tx: &TenantTx, id: ActorId) -> Result<Arc<AccountView>> {
    accounts(tx, &[id]).await?.remove(&id).ok_or(Error::NotFound)
}

/// Views in the order of `rows`. What has lost its author, or what it boosts, is left out.
pub(crate) async fn statuses(
    tx: &TenantTx,
    rows: Vec<row::Status>,
    viewer: Option<ActorId>,
) -> Result<Vec<StatusView>> {
    let originals: Vec<StatusId> = rows.iter().filter_map(|row| row.reblog_of_id).map(StatusId).collect();
    let originals = tx.status_visible_list(&originals, viewer).await?;
    let page = Page::load(tx, rows.iter().chain(&originals), viewer).await?;
    let originals: HashMap<i64, StatusView> =
        originals.into_iter().filter_map(|row| Some((row.id, page.view(row, None)?))).collect();
    Ok(rows
        .into_iter()
        .filter_map(|row| match row.reblog_of_id {
            None => page.view(row, None),
            Some(of) => {
                let original = originals.get(&of)?.clone();
                page.view(row, Some(Box::new(original)))
            }
        })
        .collect())
}

pub(crate) async fn one_status(
    tx: &TenantTx,
    row: row::Status,
    viewer: Option<ActorId>,
) -> Result<StatusView> {
    statuses(tx, vec![row], viewer).await?.pop().ok_or(Error::NotFound)
}

/// All that hangs on a page of posts.
struct Page {
    accounts: HashMap<ActorId, Arc<AccountView>>,
    media: HashMap<i64, Vec<row::MediaAttachment>>,
    mentions: HashMap<i64, Vec<row::Mention>>,
    tags: HashMap<i64, Vec<String>>,
    counts: HashMap<StatusId, row::StatusCounts>,
}

impl Page {
    async fn load(
        tx: &TenantTx,
        rows: impl Iterator<Item = &row::Status>,
        viewer: Option<ActorId>,
    ) -> Result<Self> {
        let (ids, authors): (Vec<StatusId>, Vec<ActorId>) =
            rows.map(|row| (StatusId(row.id), ActorId(row.actor_id))).unzip();
        let mut page = Self {
            accounts: accounts(tx, &authors).await?,
            media: HashMap::new(),
            mentions: HashMap::new(),
            tags: HashMap::new(),
            counts: tx.status_counts(&ids, viewer).await?,
        };
        for media in tx.media_of_statuses(&ids).await? {
            if let Some(status) = media.status_id {
                page.media.entry(status).or_default().push(media);
            }
        }
        for mention in tx.mention_list(&ids).await? {
            page.mentions.entry(mention.status_id).or_default().push(mention);
        }
        for tag in tx.tag_list(&ids).await? {
            page.tags.entry(tag.status_id).or_default().push(tag.tag);
        }
        Ok(page)
    }

    fn view(&self, row: row::Status, reblog: Option<Box<StatusView>>) -> Option<StatusView> {
        Some(StatusView {
            author: Arc::clone(self.accounts.get(&ActorId(row.actor_id))?),
            reblog,
            media: self.media.get(&row.id).cloned().unwrap_or_default(),
            mentions: self.mentions.get(&row.id).cloned().unwrap_or_default(),
            tags: self.tags.get(&row.id).cloned().unwrap_or_default(),
            counts: self.counts.get(&StatusId(row.id)).copied().unwrap_or_default(),
            row,
        })
    }
}
