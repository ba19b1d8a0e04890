//! An agency that leaves for good: its accounts' Deletes, and the erasure of its rows and files.

use belfry_model::{ActivityId, ActorId, Lane, MediaId, TenantScope};
use belfry_storage::NewActivity;
use serde_json::json;

use crate::{Error, Result, Social};

/// Rows of one table, or files, in one transaction.
const BATCH: i32 = 500;

impl Social {
    /// A Delete of each account to everybody who knew the agency. Done again, it adds nothing.
    pub async fn agency_say_goodbye(&self, scope: TenantScope) -> Result<Vec<ActivityId>> {
        let tx = self.app.tenant(scope).await?;
        let recipients = tx.known_inboxes().await?;
        let mut deletes = Vec::new();
        for actor in tx.actor_local_list().await? {
            let uri = format!("{}#delete", actor.uri);
            if let Some(said) = tx.activity_by_uri(&uri).await? {
                deletes.push(ActivityId(said.id));
                continue;
            }
            let id = ActivityId(tx.id_next().await?);
            tx.activity_insert(NewActivity {
                id,
                uri,
                kind: "Delete",
                actor: ActorId(actor.id),
                status: None,
                object: Some(json!(actor.uri)),
                to_followers: true,
                recipients: recipients.clone(),
                created_at: self.clock.now(),
            })
            .await?;
            tx.outbox_insert(id, Lane::Normal).await?;
            deletes.push(id);
        }
        tx.commit().await?;
        Ok(deletes)
    }

    /// Erases a part of what an agency has. `true` when nothing is left; until then to be called
    /// again, also after a crash.
    pub async fn agency_erase_some(&self, scope: TenantScope) -> Result<bool> {
        let tx = self.app.tenant(scope).await?;
        // Files first: their keys stand in the rows.
        let media = tx.media_some(u64::from(BATCH.unsigned_abs())).await?;
        if !media.is_empty() {
            let ids: Vec<MediaId> = media.iter().map(|media| MediaId(media.id)).collect();
            for key in media.into_iter().flat_map(|media| [media.file_key, media.preview_key]).flatten() {
                self.media.remove(&key).await?;
            }
            tx.media_delete(&ids).await?;
            tx.commit().await?;
            return Ok(false);
        }
        tx.public_account_erase().await?;
        let mut erased = tx.erase_batch(BATCH).await?;
        let left = tx.erase_remains().await?;
        if left && erased == 0 {
            // Rows that refer to each other go together.
            erased = tx.erase_batch(i32::MAX).await?;
        }
        tx.commit().await?;
        if left && erased == 0 {
            return Err(Error::Corrupt("what an agency leaves behind"));
        }
        Ok(!left)
    }
}
