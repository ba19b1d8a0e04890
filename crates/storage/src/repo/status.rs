//! Posts and boosts: writing, and finding one. Lists are in `status_list`, threads in `status_thread`.

use belfry_model::{ActorId, COMMONS, Ref, StaffId, StatusId, Visibility};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use super::status_visible::visible_to;
use crate::entity::status::{ActiveModel, Column, Entity};
use crate::{Result, TenantTx, row};

/// A post of this tenant's own record: written here, or received and not public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStatus {
    /// From [`TenantTx::id_next`], since the address contains it.
    pub id: StatusId,
    pub uri: String,
    pub url: Option<String>,
    pub actor: Ref<ActorId>,
    pub staff: Option<StaffId>,
    pub local: bool,
    pub visibility: Visibility,
    pub text: String,
    pub content_html: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub in_reply_to_uri: Option<String>,
    pub in_reply_to: Option<Ref<StatusId>>,
    pub in_reply_to_actor: Option<ActorId>,
    pub reblog_of: Option<Ref<StatusId>>,
    pub conversation_uri: Option<String>,
    pub app_name: Option<String>,
    pub app_website: Option<String>,
    pub idempotency_key: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// What an edit leaves behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChange {
    pub text: String,
    pub content_html: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub edited_at: DateTime<Utc>,
}

impl TenantTx {
    /// `None` if there is one already with this idempotency key, or this boost: of ten
    /// requests at once one inserts and nine wait for its commit, then get `None`.
    pub async fn status_insert(&self, new: NewStatus) -> Result<Option<row::Status>> {
        let mut inserted = Entity::insert(self.model(new))
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_with_returning_many(self)
            .await?;
        Ok(inserted.pop())
    }

    /// Whoever it is for, and also a tombstone: for the machinery. What a person asked for
    /// goes through [`TenantTx::status_visible`].
    pub async fn status_fetch(&self, id: StatusId) -> Result<Option<row::Status>> {
        Ok(Entity::find().filter(self.seen_statuses()).filter(Column::Id.eq(id.0)).one(self).await?)
    }

    /// `None` also where it is deleted or not for this reader.
    pub async fn status_visible(&self, id: StatusId, viewer: Option<ActorId>) -> Result<Option<row::Status>> {
        Ok(Entity::find()
            .filter(self.seen_statuses())
            .filter(Column::Id.eq(id.0))
            .filter(visible_to(self.tenant(), viewer))
            .one(self)
            .await?)
    }

    /// Those of `ids` that this reader may see, in no particular order.
    pub async fn status_visible_list(
        &self,
        ids: &[StatusId],
        viewer: Option<ActorId>,
    ) -> Result<Vec<row::Status>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        Ok(Entity::find()
            .filter(self.seen_statuses())
            .filter(Column::Id.is_in(ids.iter().map(|id| id.0)))
            .filter(visible_to(self.tenant(), viewer))
            .all(self)
            .await?)
    }

    /// Whoever it is for, and also a tombstone. The tenant's own copy before the commons'.
    pub async fn status_by_uri(&self, uri: &str) -> Result<Option<row::Status>> {
        Ok(Entity::find()
            .filter(self.seen_statuses())
            .filter(Column::Uri.eq(uri))
            .order_by_desc(Column::TenantId)
            .one(self)
            .await?)
    }

    /// The post that this account made under this key since `since`.
    pub async fn status_by_idempotency_key(&self, actor: ActorId, key: &str) -> Result<Option<row::Status>> {
        Ok(Entity::find()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::ActorId.eq(actor.0))
            .filter(Column::IdempotencyKey.eq(key))
            .one(self)
            .await?)
    }

    /// Frees a key that was used before `before`.
    pub async fn status_idempotency_expire(
        &self,
        actor: ActorId,
        key: &str,
        before: DateTime<Utc>,
    ) -> Result<()> {
        Entity::update_many()
            .col_expr(Column::IdempotencyKey, Expr::value(Option::<String>::None))
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::ActorId.eq(actor.0))
            .filter(Column::IdempotencyKey.eq(key))
            .filter(Column::CreatedAt.lt(before))
            .exec(self)
            .await?;
        Ok(())
    }

    /// This account's boost of a post, if it stands.
    pub async fn status_reblog_find(&self, actor: ActorId, of: StatusId) -> Result<Option<row::Status>> {
        Ok(Entity::find()
            .filter(self.seen_statuses())
            .filter(Column::ActorId.eq(actor.0))
            .filter(Column::ReblogOfId.eq(of.0))
            .filter(Column::DeletedAt.is_null())
            .one(self)
            .await?)
    }

    /// `None` if it is not this tenant's, or deleted.
    pub async fn status_update(&self, id: StatusId, change: StatusChange) -> Result<Option<row::Status>> {
        let model = ActiveModel {
            text: Set(change.text),
            content_html: Set(change.content_html),
            spoiler_text: Set(change.spoiler_text),
            sensitive: Set(change.sensitive),
            language: Set(change.language),
            edited_at: Set(Some(change.edited_at)),
            ..Default::default()
        };
        let rows = Entity::update_many()
            .set(model)
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.eq(id.0))
            .filter(Column::DeletedAt.is_null())
            .exec_with_returning(self)
            .await?;
        Ok(rows.into_iter().next())
    }

    /// Empties the post and leaves a tombstone, and one for each boost of it in this tenant.
    /// False if there is none to delete. What hangs on it (mentions, tags, earlier versions,
    /// places in timelines, notifications, favourites) the caller takes away.
    pub async fn status_tombstone(&self, id: StatusId, at: DateTime<Utc>) -> Result<bool> {
        let model = ActiveModel {
            text: Set(String::new()),
            content_html: Set(String::new()),
            spoiler_text: Set(String::new()),
            idempotency_key: Set(None),
            deleted_at: Set(Some(at)),
            ..Default::default()
        };
        let done = Entity::update_many()
            .set(model)
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.eq(id.0).or(Column::ReblogOfId.eq(id.0)))
            .filter(Column::DeletedAt.is_null())
            .exec(self)
            .await?;
        Ok(done.rows_affected > 0)
    }

    /// Replies that came before what they answer: points them at it, now that it is here.
    pub async fn status_adopt_replies(
        &self,
        parent: Ref<StatusId>,
        uri: &str,
        author: ActorId,
    ) -> Result<()> {
        Entity::update_many()
            .col_expr(Column::InReplyToTenant, Expr::value(parent.tenant.0))
            .col_expr(Column::InReplyToId, Expr::value(parent.id.0))
            .col_expr(Column::InReplyToActorId, Expr::value(author.0))
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::InReplyToUri.eq(uri))
            .filter(Column::InReplyToId.is_null())
            .exec(self)
            .await?;
        Ok(())
    }

    /// Both rooms that this tenant can see into, named so that the primary key is used.
    pub(crate) fn seen_statuses(&self) -> Condition {
        Condition::all().add(Column::TenantId.is_in([COMMONS.0, self.tenant().0]))
    }

    fn model(&self, new: NewStatus) -> ActiveModel {
        ActiveModel {
            tenant_id: Set(self.tenant().0),
            id: Set(new.id.0),
            uri: Set(new.uri),
            url: Set(new.url),
            actor_tenant: Set(new.actor.tenant.0),
            actor_id: Set(new.actor.id.0),
            staff_id: Set(new.staff.map(|id| id.0)),
            local: Set(new.local),
            visibility: Set(new.visibility.as_str().to_owned()),
            text: Set(new.text),
            content_html: Set(new.content_html),
            spoiler_text: Set(new.spoiler_text),
            sensitive: Set(new.sensitive),
            language: Set(new.language),
            in_reply_to_uri: Set(new.in_reply_to_uri),
            in_reply_to_tenant: Set(new.in_reply_to.map(|to| to.tenant.0)),
            in_reply_to_id: Set(new.in_reply_to.map(|to| to.id.0)),
            in_reply_to_actor_id: Set(new.in_reply_to_actor.map(|id| id.0)),
            reblog_of_tenant: Set(new.reblog_of.map(|of| of.tenant.0)),
            reblog_of_id: Set(new.reblog_of.map(|of| of.id.0)),
            conversation_uri: Set(new.conversation_uri),
            app_name: Set(new.app_name),
            app_website: Set(new.app_website),
            idempotency_key: Set(new.idempotency_key),
            created_at: Set(new.created_at),
            edited_at: Set(None),
            deleted_at: Set(None),
        }
    }
}
