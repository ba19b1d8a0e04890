//! Attachments: what was uploaded here, and what we point at elsewhere.

use belfry_model::{ActorId, COMMONS, MediaId, StatusId};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value as Json;

use super::domain_shown::media_not_refused;
use crate::entity::media_attachment::{ActiveModel, Column, Entity};
use crate::{Result, TenantTx, row};

/// The position of what only an earlier version of a post has.
const DETACHED: i16 = -1;

/// A file that was stored for an account, or a remote one that a post of this tenant's record has.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMedia {
    /// The uploader; `None` for a remote attachment.
    pub actor: Option<ActorId>,
    pub status: Option<StatusId>,
    pub position: i16,
    pub media_type: String,
    pub file_key: Option<String>,
    pub preview_key: Option<String>,
    pub remote_url: Option<String>,
    pub description: Option<String>,
    pub blurhash: Option<String>,
    pub meta: Json,
    pub bytes: i64,
    pub created_at: DateTime<Utc>,
}

impl TenantTx {
    pub async fn media_insert(&self, new: NewMedia) -> Result<row::MediaAttachment> {
        Ok(Entity::insert(ActiveModel {
            tenant_id: Set(self.tenant().0),
            id: NotSet,
            actor_id: Set(new.actor.map(|id| id.0)),
            status_id: Set(new.status.map(|id| id.0)),
            position: Set(new.position),
            media_type: Set(new.media_type),
            file_key: Set(new.file_key),
            preview_key: Set(new.preview_key),
            remote_url: Set(new.remote_url),
            description: Set(new.description),
            blurhash: Set(new.blurhash),
            meta: Set(new.meta),
            bytes: Set(new.bytes),
            created_at: Set(new.created_at),
        })
        .exec_with_returning(self)
        .await?)
    }

    /// An account's own upload.
    pub async fn media_fetch(&self, id: MediaId, actor: ActorId) -> Result<Option<row::MediaAttachment>> {
        Ok(Entity::find_by_id((self.tenant().0, id.0)).filter(Column::ActorId.eq(actor.0)).one(self).await?)
    }

    /// Uploads of this tenant by id, for pictures of accounts. In no particular order.
    pub async fn media_list(&self, ids: &[MediaId]) -> Result<Vec<row::MediaAttachment>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        Ok(Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
            .all(self)
            .await?)
    }

    /// All attachments of a page of posts, each post's in its order.
    pub async fn media_of_statuses(&self, statuses: &[StatusId]) -> Result<Vec<row::MediaAttachment>> {
        if statuses.is_empty() {
            return Ok(Vec::new());
        }
        Ok(Entity::find()
            .filter(Column::TenantId.is_in([COMMONS.0, self.tenant().0]))
            .filter(Column::StatusId.is_in(statuses.iter().map(|id| id.0)))
            .filter(Column::Position.ne(DETACHED))
            .filter(media_not_refused())
            .order_by_asc(Column::Position)
            .order_by_asc(Column::Id)
            .all(self)
            .await?)
    }

    /// Gives an account's uploads to its post, in the order given. Answers how many were
    /// free or the post's own already: fewer than given means that one was not to be had.
    pub async fn media_attach(&self, status: StatusId, actor: ActorId, ids: &[MediaId]) -> Result<usize> {
        let mut attached = 0;
        for (position, id) in (0i16..).zip(ids) {
            let done = Entity::update_many()
                .col_expr(Column::StatusId, Expr::value(status.0))
                .col_expr(Column::Position, Expr::value(position))
                .filter(Column::TenantId.eq(self.tenant().0))
                .filter(Column::Id.eq(id.0))
                .filter(Column::ActorId.eq(actor.0))
                .filter(Column::StatusId.is_null().or(Column::StatusId.eq(status.0)))
                .exec(self)
                .await?;
            attached += usize::from(done.rows_affected > 0);
        }
        Ok(attached)
    }

    /// Takes all attachments from a post but `keep`. They stay with its earlier versions, out
    /// of sight: position -1.
    pub async fn media_detach(&self, status: StatusId, keep: &[MediaId]) -> Result<()> {
        Entity::update_many()
            .col_expr(Column::Position, Expr::value(DETACHED))
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::StatusId.eq(status.0))
            .filter(Column::Id.is_not_in(keep.iter().map(|id| id.0)))
            .exec(self)
            .await?;
        Ok(())
    }

    /// Frees a deleted post's attachments for another post. They count as uploaded at `at`,
    /// so that they aren't taken for orphans before anybody could draft the post again.
    pub async fn media_release(&self, status: StatusId, at: DateTime<Utc>) -> Result<()> {
        Entity::update_many()
            .col_expr(Column::StatusId, Expr::value(Option::<i64>::None))
            .col_expr(Column::Position, Expr::value(0i16))
            .col_expr(Column::CreatedAt, Expr::value(at))
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::StatusId.eq(status.0))
            .exec(self)
            .await?;
        Ok(())
    }

    /// `None` if it is not this account's. `None` for a field leaves it as it is.
    pub async fn media_describe(
        &self,
        id: MediaId,
        actor: ActorId,
        description: Option<Option<String>>,
        meta: Option<Json>,
    ) -> Result<Option<row::MediaAttachment>> {
        let mut model = ActiveModel { tenant_id: Set(self.tenant().0), ..Default::default() };
        if let Some(description) = description {
            model.description = Set(description);
        }
        if let Some(meta) = meta {
            model.meta = Set(meta);
        }
        let rows = Entity::update_many()
            .set(model)
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.eq(id.0))
            .filter(Column::ActorId.eq(actor.0))
            .exec_with_returning(self)
            .await?;
        Ok(rows.into_iter().next())
    }

    /// Some of the files that there are, whatever they hang on.
    pub async fn media_some(&self, limit: u64) -> Result<Vec<row::MediaAttachment>> {
        Ok(Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::FileKey.is_not_null())
            .order_by_asc(Column::Id)
            .limit(limit)
            .all(self)
            .await?)
    }

    /// Uploads from before `before` that neither a post nor an account's picture took, held
    /// until the transaction ends: no post can take one that is about to go.
    pub async fn media_orphans(
        &self,
        before: DateTime<Utc>,
        limit: u64,
    ) -> Result<Vec<row::MediaAttachment>> {
        let pictured = Expr::cust(
            "EXISTS (SELECT FROM actor a WHERE a.tenant_id = media_attachment.tenant_id
                AND media_attachment.id IN (a.avatar_media_id, a.header_media_id))",
        );
        Ok(Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::ActorId.is_not_null())
            .filter(Column::StatusId.is_null())
            .filter(Column::CreatedAt.lt(before))
            .filter(pictured.not())
            .order_by_asc(Column::Id)
            .limit(limit)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(self)
            .await?)
    }

    pub async fn media_delete(&self, ids: &[MediaId]) -> Result<()> {
        Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
            .exec(self)
            .await?;
        Ok(())
    }
}
