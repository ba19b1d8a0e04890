//! Reading posts.

use belfry_model::{StatusId, Username};
use belfry_storage::row;

use crate::{Error, Result, Social, StatusView, Viewer, view};

/// What stands at a local post's address.
#[derive(Debug, Clone, PartialEq)]
pub enum AtAddress {
    Here(StatusView),
    /// Deleted: its address answers 410.
    Gone(row::Status),
}

impl Social {
    pub async fn status_fetch(&self, viewer: Viewer, id: StatusId) -> Result<StatusView> {
        let tx = self.app.tenant(viewer.scope).await?;
        let row = tx.status_visible(id, viewer.actor).await?.ok_or(Error::NotFound)?;
        view::one_status(&tx, row, viewer.actor).await
    }

    /// Those of `ids` that the reader may see, in the order of `ids`.
    pub async fn status_list(&self, viewer: Viewer, ids: &[StatusId]) -> Result<Vec<StatusView>> {
        let tx = self.app.tenant(viewer.scope).await?;
        let mut rows = tx.status_visible_list(ids, viewer.actor).await?;
        rows.sort_by_key(|row| ids.iter().position(|id| id.0 == row.id));
        view::statuses(&tx, rows, viewer.actor).await
    }

    /// An account's post by its page's address. A boost has no page.
    pub async fn status_at(&self, viewer: Viewer, username: &Username, id: StatusId) -> Result<AtAddress> {
        let tx = self.app.tenant(viewer.scope).await?;
        let author = tx.actor_local_by_username(username).await?.ok_or(Error::NotFound)?;
        let row = tx.status_fetch(id).await?.ok_or(Error::NotFound)?;
        if !row.local || row.actor_id != author.id || row.reblog_of_id.is_some() {
            return Err(Error::NotFound);
        }
        if row.deleted_at.is_some() {
            return Ok(AtAddress::Gone(row));
        }
        let row = tx.status_visible(id, viewer.actor).await?.ok_or(Error::NotFound)?;
        Ok(AtAddress::Here(view::one_status(&tx, row, viewer.actor).await?))
    }
}
