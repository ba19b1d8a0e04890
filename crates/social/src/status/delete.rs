//! Deleting. The words are gone at once, here and in every earlier version; a tombstone
//! stays at the post's address.

use belfry_model::{StatusId, Visibility};
use serde_json::json;

use crate::outgoing::{Kind, Outgoing, record};
use crate::{Poster, Result, Social, StatusView, view};

impl Social {
    /// Answers the post as it was, with its text, so that a client can offer to draft it
    /// again; its attachments are free for that.
    pub async fn status_delete(&self, poster: &Poster, id: StatusId) -> Result<StatusView> {
        let tx = self.app.tenant(poster.scope).await?;
        let author = self.poster(&tx, poster).await?;
        let row = super::own(&tx, poster, id).await?;
        let was = view::one_status(&tx, row.clone(), Some(poster.actor)).await?;
        if row.reblog_of_id.is_some() {
            self.unreblog_in(&tx, poster, &author, &row).await?;
            tx.commit().await?;
            return Ok(was);
        }
        let now = self.clock.now();
        let mut recipients = super::addressed(&tx, &row).await?;
        recipients.extend(super::holders(&tx, &row).await?);
        tx.home_timeline_remove(id).await?;
        tx.status_tombstone(id, now).await?;
        tx.status_edit_delete(id).await?;
        tx.mention_delete(id).await?;
        tx.tag_delete(id).await?;
        tx.media_release(id, now).await?;
        tx.notification_delete_of_status(id).await?;
        tx.favourite_delete_of_status(id).await?;
        record(
            &tx,
            Outgoing {
                uri: Some(format!("{}#delete", row.uri)),
                status: Some(id),
                to_followers: super::visibility(&row)? != Visibility::Direct,
                recipients,
                lane: self.lane_after(&tx, id).await?,
                ..Outgoing::new(Kind::Delete, &author, now)
            },
        )
        .await?;
        self.act(&tx, poster, "status.delete", json!({ "status": id.to_string() })).await?;
        tx.commit().await?;
        Ok(was)
    }
}
