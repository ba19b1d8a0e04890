//! Dead letters: deliveries that are not tried again by themselves, with the reason.

use belfry_model::TenantId;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::dead_letter::{Column, Entity};
use crate::{Result, WorkerDb, row};

impl WorkerDb {
    /// One tenant's, the newest first.
    pub async fn dead_letter_list(&self, tenant: TenantId, limit: u64) -> Result<Vec<row::DeadLetter>> {
        Ok(Entity::find()
            .filter(Column::TenantId.eq(tenant.0))
            .order_by_desc(Column::DiedAt)
            .limit(limit)
            .all(self.pool())
            .await?)
    }

    /// How many there are, for the metrics.
    pub async fn dead_letter_count(&self) -> Result<u64> {
        Ok(Entity::find().count(self.pool()).await?)
    }

    /// Forgets what died before `before`.
    pub async fn dead_letter_delete_old(&self, before: DateTime<Utc>) -> Result<u64> {
        let deleted = Entity::delete_many().filter(Column::DiedAt.lt(before)).exec(self.pool()).await?;
        Ok(deleted.rows_affected)
    }
}
