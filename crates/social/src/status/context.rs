//! A post in its thread.

use belfry_model::StatusId;

use crate::{Error, Result, Social, StatusView, Viewer, view};

/// What a post answers, from the thread's first post on, and what answers it.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    pub ancestors: Vec<StatusView>,
    pub descendants: Vec<StatusView>,
}

impl Social {
    pub async fn status_context(&self, viewer: Viewer, id: StatusId) -> Result<Context> {
        let tx = self.app.tenant(viewer.scope).await?;
        let row = tx.status_visible(id, viewer.actor).await?.ok_or(Error::NotFound)?;
        let id = row.reblog_of_id.map_or(id, StatusId);
        let ancestors = tx.status_ancestors(id, viewer.actor).await?;
        let before = ancestors.len();
        let mut all = ancestors;
        all.extend(tx.status_descendants(id, viewer.actor).await?);
        let upper: Vec<i64> = all.iter().take(before).map(|row| row.id).collect();
        let views = view::statuses(&tx, all, viewer.actor).await?;
        let (ancestors, descendants) = views.into_iter().partition(|view| upper.contains(&view.row.id));
        Ok(Context { ancestors, descendants })
    }
}
