//! What is said in public: here, or wherever this tenant has a relation.

use belfry_storage::{Page, Reach};

use crate::{Result, Social, StatusView, Viewer, view};

impl Social {
    pub async fn timeline_public(
        &self,
        viewer: Viewer,
        reach: Reach,
        only_media: bool,
        page: Page,
    ) -> Result<Vec<StatusView>> {
        let tx = self.app.tenant(viewer.scope).await?;
        let rows = tx.status_public(reach, only_media, viewer.actor, page).await?;
        view::statuses(&tx, rows, viewer.actor).await
    }
}
