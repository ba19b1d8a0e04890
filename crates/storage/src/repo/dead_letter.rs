//! Dead letters: deliveries that are not tried again by themselves, with the reason.

use belfry_model::{ActivityId, Lane, TenantId};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::entity::dead_letter::{ActiveModel, Column, Entity};
use crate::{Result, WorkerDb, row};

/// A delivery that has ended without success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Died {
    pub tenant: TenantId,
    pub activity: ActivityId,
    pub lane: Lane,
    pub inbox: String,
    pub host: String,
    pub attempts: u32,
    pub reason: String,
}

/// Rows of one insert: far from the 65,535 parameters that a statement may have.
const CHUNK: usize = 1000;

impl WorkerDb {
    /// Records in bulk; what is known as dead already is kept as it is.
    pub async fn dead_letter_insert(&self, died: &[Died], now: DateTime<Utc>) -> Result<()> {
        for chunk in died.chunks(CHUNK) {
            let known = OnConflict::columns([Column::TenantId, Column::ActivityId, Column::Inbox])
                .do_nothing()
                .to_owned();
            let rows = chunk.iter().map(|died| ActiveModel {
                tenant_id: Set(died.tenant.0),
                activity_id: Set(died.activity.0),
                inbox: Set(died.inbox.clone()),
                host: Set(died.host.clone()),
                lane: Set(died.lane.to_string()),
                attempts: Set(i32::try_from(died.attempts).unwrap_or(i32::MAX)),
                reason: Set(died.reason.clone()),
                died_at: Set(now),
            });
            Entity::insert_many(rows).on_conflict(known).exec_without_returning(self.pool()).await?;
        }
        Ok(())
    }

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
