//! What an account was told.

use std::collections::HashMap;
use std::sync::Arc;

use belfry_model::{ActorId, StatusId};
use belfry_storage::{Page, TenantTx, row};

use crate::{AccountView, Error, Poster, Result, Social, StatusView, view};

#[derive(Debug, Clone, PartialEq)]
pub struct NotificationView {
    pub row: row::Notification,
    /// Who did it.
    pub account: Arc<AccountView>,
    pub status: Option<StatusView>,
}

/// Which notifications are asked for: of the given kinds, or of all where none is given, but
/// not of `without`. The words are Mastodon's; an unknown one matches nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotificationFilter {
    pub kinds: Vec<String>,
    pub without: Vec<String>,
    pub from: Option<ActorId>,
}

impl Social {
    pub async fn notification_list(
        &self,
        poster: &Poster,
        filter: &NotificationFilter,
        page: Page,
    ) -> Result<Vec<NotificationView>> {
        let tx = self.app.tenant(poster.scope).await?;
        let rows =
            tx.notification_list(poster.actor, &filter.kinds, &filter.without, filter.from, page).await?;
        views(&tx, poster, rows).await
    }

    pub async fn notification_fetch(&self, poster: &Poster, id: i64) -> Result<NotificationView> {
        let tx = self.app.tenant(poster.scope).await?;
        let row = tx.notification_fetch(poster.actor, id).await?.ok_or(Error::NotFound)?;
        views(&tx, poster, vec![row]).await?.pop().ok_or(Error::NotFound)
    }

    pub async fn notification_clear(&self, poster: &Poster) -> Result<()> {
        let tx = self.app.tenant(poster.scope).await?;
        tx.notification_clear(poster.actor).await?;
        Ok(tx.commit().await?)
    }

    pub async fn notification_dismiss(&self, poster: &Poster, id: i64) -> Result<()> {
        let tx = self.app.tenant(poster.scope).await?;
        if !tx.notification_dismiss(poster.actor, id).await? {
            return Err(Error::NotFound);
        }
        Ok(tx.commit().await?)
    }
}

/// What is about a post that can't be read any more is left out.
async fn views(
    tx: &TenantTx,
    poster: &Poster,
    rows: Vec<row::Notification>,
) -> Result<Vec<NotificationView>> {
    let from: Vec<ActorId> = rows.iter().map(|row| ActorId(row.from_id)).collect();
    let accounts = view::accounts(tx, &from).await?;
    let about: Vec<StatusId> = rows.iter().filter_map(|row| row.status_id).map(StatusId).collect();
    let posts = tx.status_visible_list(&about, Some(poster.actor)).await?;
    let posts: HashMap<i64, StatusView> = view::statuses(tx, posts, Some(poster.actor))
        .await?
        .into_iter()
        .map(|view| (view.row.id, view))
        .collect();
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let status = match row.status_id {
                Some(id) => Some(posts.get(&id)?.clone()),
                None => None,
            };
            let account = Arc::clone(accounts.get(&ActorId(row.from_id))?);
            Some(NotificationView { row, account, status })
        })
        .collect())
}
