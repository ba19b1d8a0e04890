//! Posts' documents, and the activities that made them.

use belfry_activitypub::document::{Activity, Note};
use belfry_model::{ActorId, StatusId, Tenant, Username};
use belfry_storage::{TenantTx, row};

use super::Published;
use crate::render::Renderer;
use crate::{Federation, Result};

impl Federation {
    /// An open post. What is not open is as if it weren't there: its readers were sent it.
    pub async fn publish_status(
        &self,
        tenant: &Tenant,
        username: &Username,
        id: StatusId,
    ) -> Result<Published<Note>> {
        if !self.shows(tenant) {
            return Ok(Published::Missing);
        }
        let tx = self.app.tenant(tenant.scope()).await?;
        let published = match self.status_row(&tx, tenant, username, id).await? {
            Published::Here((author, post)) if post.reblog_of_id.is_none() => {
                let notes = self.renderer(tenant).notes(&tx, &author, std::slice::from_ref(&post)).await?;
                match notes.into_iter().next() {
                    Some(note) => Published::Here(note.into_document()),
                    None => Published::Missing,
                }
            }
            Published::Here(_) | Published::Missing => Published::Missing,
            Published::Gone(tombstone) => Published::Gone(tombstone),
        };
        tx.commit().await?;
        Ok(published)
    }

    /// The Create of an open post, or the Announce that a boost is.
    pub async fn publish_activity(
        &self,
        tenant: &Tenant,
        username: &Username,
        id: StatusId,
    ) -> Result<Published<Activity>> {
        if !self.shows(tenant) {
            return Ok(Published::Missing);
        }
        let tx = self.app.tenant(tenant.scope()).await?;
        let published = match self.status_row(&tx, tenant, username, id).await? {
            Published::Here((author, post)) => {
                match self.activities(&tx, tenant, &author, &[post]).await?.into_iter().next() {
                    Some(activity) => Published::Here(activity),
                    None => Published::Missing,
                }
            }
            Published::Gone(tombstone) => Published::Gone(tombstone),
            Published::Missing => Published::Missing,
        };
        tx.commit().await?;
        Ok(published)
    }

    /// Creates and Announces of open posts and boosts by one account, in the order given.
    pub(super) async fn activities(
        &self,
        tx: &TenantTx,
        tenant: &Tenant,
        author: &row::Actor,
        rows: &[row::Status],
    ) -> Result<Vec<Activity>> {
        let renderer = self.renderer(tenant);
        let boosted: Vec<StatusId> = rows.iter().filter_map(|row| row.reblog_of_id.map(StatusId)).collect();
        let boosted = tx.status_visible_list(&boosted, None).await?;
        let authors: Vec<ActorId> = boosted.iter().map(|post| ActorId(post.actor_id)).collect();
        let authors = tx.actor_list(&authors).await?;
        let posts: Vec<row::Status> = rows.iter().filter(|row| row.reblog_of_id.is_none()).cloned().collect();
        let mut notes = renderer.notes(tx, author, &posts).await?.into_iter();
        let mut activities = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(of) = row.reblog_of_id else {
                let Some(note) = notes.next() else { continue };
                activities.push(Activity::create(format!("{}/activity", row.uri), note));
                continue;
            };
            // Boosts of what has been deleted are passed over.
            let Some(of) = boosted.iter().find(|post| post.id == of) else { continue };
            let by = authors.iter().find(|actor| actor.id == of.actor_id).map(|actor| actor.uri.as_str());
            activities.push(Renderer::announce(&row.uri, author, row, &of.uri, by)?);
        }
        Ok(activities)
    }

    async fn status_row(
        &self,
        tx: &TenantTx,
        tenant: &Tenant,
        username: &Username,
        id: StatusId,
    ) -> Result<Published<(row::Actor, row::Status)>> {
        let Some(author) = self.account_row(tx, tenant, username).await? else {
            return Ok(Published::Missing);
        };
        let own = |post: &row::Status| post.tenant_id == tenant.id.0 && post.actor_id == author.id;
        let Some(post) = tx.status_fetch(id).await?.filter(own) else { return Ok(Published::Missing) };
        if post.deleted_at.is_some() {
            return Ok(Published::gone(&post.uri, post.deleted_at));
        }
        let open = matches!(post.visibility.as_str(), "public" | "unlisted");
        Ok(if open { Published::Here((author, post)) } else { Published::Missing })
    }
}
