//! What accounts are told: who mentioned, followed, boosted or favourited.

use belfry_model::{ActorId, Ref, StatusId};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::domain_shown::told_by_nobody_barred;
use crate::entity::notification::{ActiveModel, Column, Entity};
use crate::{Page, Result, TenantTx, row};

/// One thing to tell one local account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotification {
    /// Who is told: an account of this tenant.
    pub to: ActorId,
    /// `mention`, `status`, `reblog`, `follow`, `follow_request`, `favourite` or `update`.
    pub kind: &'static str,
    /// Who did it.
    pub from: Ref<ActorId>,
    pub status: Option<Ref<StatusId>>,
    pub created_at: DateTime<Utc>,
}

impl TenantTx {
    /// `None` if it was told before: an activity that arrives twice tells once.
    pub async fn notification_insert(&self, new: NewNotification) -> Result<Option<row::Notification>> {
        let mut inserted = Entity::insert(ActiveModel {
            tenant_id: Set(self.tenant().0),
            actor_id: Set(new.to.0),
            kind: Set(new.kind.to_owned()),
            from_tenant: Set(new.from.tenant.0),
            from_id: Set(new.from.id.0),
            status_tenant: Set(new.status.map(|status| status.tenant.0)),
            status_id: Set(new.status.map(|status| status.id.0)),
            created_at: Set(new.created_at),
            ..Default::default()
        })
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_with_returning_many(self)
        .await?;
        Ok(inserted.pop())
    }

    /// Of the given kinds, or of all where none is given, but not of `without`.
    pub async fn notification_list(
        &self,
        of: ActorId,
        kinds: &[String],
        without: &[String],
        from: Option<ActorId>,
        page: Page,
    ) -> Result<Vec<row::Notification>> {
        let mut select =
            Entity::find().filter(Column::TenantId.eq(self.tenant().0)).filter(Column::ActorId.eq(of.0));
        select = select.filter(told_by_nobody_barred());
        if !kinds.is_empty() {
            select = select.filter(Column::Kind.is_in(kinds));
        }
        if !without.is_empty() {
            select = select.filter(Column::Kind.is_not_in(without));
        }
        if let Some(from) = from {
            select = select.filter(Column::FromId.eq(from.0));
        }
        let rows = page.apply(select, (Entity, Column::Id)).all(self).await?;
        Ok(page.newest_first(rows))
    }

    pub async fn notification_fetch(&self, of: ActorId, id: i64) -> Result<Option<row::Notification>> {
        let select = Entity::find_by_id((self.tenant().0, id)).filter(Column::ActorId.eq(of.0));
        Ok(select.filter(told_by_nobody_barred()).one(self).await?)
    }

    pub async fn notification_clear(&self, of: ActorId) -> Result<()> {
        Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::ActorId.eq(of.0))
            .exec(self)
            .await?;
        Ok(())
    }

    /// False if there is none.
    pub async fn notification_dismiss(&self, of: ActorId, id: i64) -> Result<bool> {
        let done = Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Id.eq(id))
            .filter(Column::ActorId.eq(of.0))
            .exec(self)
            .await?;
        Ok(done.rows_affected > 0)
    }

    /// What was taken back is told no longer.
    pub async fn notification_withdraw(
        &self,
        kind: &str,
        from: ActorId,
        to: Option<ActorId>,
        status: Option<StatusId>,
    ) -> Result<()> {
        let mut delete = Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::Kind.eq(kind))
            .filter(Column::FromId.eq(from.0));
        if let Some(to) = to {
            delete = delete.filter(Column::ActorId.eq(to.0));
        }
        if let Some(status) = status {
            delete = delete.filter(Column::StatusId.eq(status.0));
        }
        delete.exec(self).await?;
        Ok(())
    }

    /// Of a deleted post nobody is told.
    pub async fn notification_delete_of_status(&self, status: StatusId) -> Result<()> {
        Entity::delete_many()
            .filter(Column::TenantId.eq(self.tenant().0))
            .filter(Column::StatusId.eq(status.0))
            .exec(self)
            .await?;
        Ok(())
    }
}
