//! What is said in public under a hashtag.

use belfry_storage::{Page, Reach, TagFilter};

use crate::{Result, Social, StatusView, Viewer, view};

impl Social {
    /// The filter's tags in whatever case, with or without `#`.
    pub async fn timeline_tag(
        &self,
        viewer: Viewer,
        filter: TagFilter,
        reach: Reach,
        only_media: bool,
        page: Page,
    ) -> Result<Vec<StatusView>> {
        let fold = |tag: String| tag.trim_start_matches('#').to_lowercase();
        let fold_all = |tags: Vec<String>| tags.into_iter().map(fold).collect();
        let filter = TagFilter {
            tag: fold(filter.tag),
            any: fold_all(filter.any),
            all: fold_all(filter.all),
            none: fold_all(filter.none),
        };
        let tx = self.app.tenant(viewer.scope).await?;
        let rows = tx.status_tagged(&filter, reach, only_media, viewer.actor, page).await?;
        view::statuses(&tx, rows, viewer.actor).await
    }
}
