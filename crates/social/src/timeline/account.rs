//! What one account says.

use belfry_model::ActorId;
use belfry_storage::{AccountFilter, Page};

use crate::{Result, Social, StatusView, Viewer, view};

impl Social {
    pub async fn timeline_account(
        &self,
        viewer: Viewer,
        of: ActorId,
        filter: &AccountFilter,
        page: Page,
    ) -> Result<Vec<StatusView>> {
        let tx = self.app.tenant(viewer.scope).await?;
        crate::account::account(&tx, of).await?;
        let rows = tx.status_of_actor(of, filter, viewer.actor, page).await?;
        view::statuses(&tx, rows, viewer.actor).await
    }
}
