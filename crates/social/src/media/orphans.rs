//! Removing uploads that nothing took.

use belfry_model::{MediaId, TenantScope};
use chrono::{DateTime, Utc};

use crate::{Result, Social};

/// Of one run: a transaction that holds rows while files are removed must stay short.
const BATCH: u64 = 100;

impl Social {
    /// Removes files and rows of uploads from before `before`, at most a hundred. Answers how
    /// many: run it again until it's none. A crash leaves rows, whose turn comes again.
    pub async fn media_remove_orphans(&self, scope: TenantScope, before: DateTime<Utc>) -> Result<usize> {
        let tx = self.app.tenant(scope).await?;
        let orphans = tx.media_orphans(before, BATCH).await?;
        let ids: Vec<MediaId> = orphans.iter().map(|orphan| MediaId(orphan.id)).collect();
        for orphan in orphans {
            for key in [orphan.file_key, orphan.preview_key].into_iter().flatten() {
                self.media.remove(&key).await?;
            }
        }
        tx.media_delete(&ids).await?;
        tx.commit().await?;
        Ok(ids.len())
    }
}
