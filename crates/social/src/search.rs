//! Search among what this tenant knows: nothing is fetched.

use std::sync::Arc;

use belfry_model::ActorId;
use belfry_storage::Page;

use crate::{AccountView, Result, Social, StatusView, Viewer, view};

impl Social {
    /// By name or handle, the tenant's own first.
    pub async fn search_accounts(
        &self,
        viewer: Viewer,
        words: &str,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<Arc<AccountView>>> {
        if words.trim().is_empty() {
            return Ok(Vec::new());
        }
        let tx = self.app.tenant(viewer.scope).await?;
        let rows = tx.actor_search(words.trim(), offset, limit).await?;
        let ids: Vec<ActorId> = rows.into_iter().map(|row| ActorId(row.id)).collect();
        let accounts = view::accounts(&tx, &ids).await?;
        Ok(ids.iter().filter_map(|id| accounts.get(id).cloned()).collect())
    }

    /// Posts that contain the words, of those that the reader may see.
    pub async fn search_statuses(&self, viewer: Viewer, words: &str, page: Page) -> Result<Vec<StatusView>> {
        if words.trim().is_empty() {
            return Ok(Vec::new());
        }
        let tx = self.app.tenant(viewer.scope).await?;
        let rows = tx.status_search(words.trim(), viewer.actor, page).await?;
        view::statuses(&tx, rows, viewer.actor).await
    }

    /// Hashtags in use that begin so, in lower case and without `#`.
    pub async fn search_tags(
        &self,
        viewer: Viewer,
        words: &str,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<String>> {
        let prefix = words.trim().trim_start_matches('#').to_lowercase();
        if prefix.is_empty() {
            return Ok(Vec::new());
        }
        let tx = self.app.tenant(viewer.scope).await?;
        Ok(tx.tag_search(&prefix, offset, limit).await?)
    }
}
