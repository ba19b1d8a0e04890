//! Which activities have been applied: written in the transaction that applies them, so that
//! a retry after a crash neither loses nor doubles anything.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, DbBackend, EntityTrait, QueryFilter, Statement};

use crate::entity::received_activity;
use crate::tx::Door;
use crate::{CommonsTx, Result, TenantTx};

impl TenantTx {
    /// Marks an activity as applied here; `false` if it already was, and then nothing more
    /// is to be done in this transaction. A second worker with the same activity waits here
    /// until the first one has committed or rolled back.
    pub async fn received_mark(&self, uri: &str) -> Result<bool> {
        mark(self, uri).await
    }

    pub async fn received_check(&self, uri: &str) -> Result<bool> {
        check(self, uri).await
    }

    /// Forgets what was received before `before`: nobody sends it again after that long.
    pub async fn received_delete_old(&self, before: DateTime<Utc>) -> Result<u64> {
        delete_old(self, before).await
    }
}

impl CommonsTx {
    /// As [`TenantTx::received_mark`], for what is written to the commons.
    pub async fn received_mark(&self, uri: &str) -> Result<bool> {
        mark(self, uri).await
    }

    pub async fn received_check(&self, uri: &str) -> Result<bool> {
        check(self, uri).await
    }

    /// Forgets what was received before `before`: nobody sends it again after that long.
    pub async fn received_delete_old(&self, before: DateTime<Utc>) -> Result<u64> {
        delete_old(self, before).await
    }
}

async fn mark(door: &impl Door, uri: &str) -> Result<bool> {
    let done = door
        .execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "INSERT INTO received_activity (tenant_id, uri) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            [door.owner().0.into(), uri.into()],
        ))
        .await?;
    Ok(done.rows_affected() == 1)
}

async fn check(door: &impl Door, uri: &str) -> Result<bool> {
    let row = received_activity::Entity::find()
        .filter(received_activity::Column::TenantId.eq(door.owner().0))
        .filter(received_activity::Column::Uri.eq(uri))
        .one(door)
        .await?;
    Ok(row.is_some())
}

async fn delete_old(door: &impl Door, before: DateTime<Utc>) -> Result<u64> {
    let deleted = received_activity::Entity::delete_many()
        .filter(received_activity::Column::TenantId.eq(door.owner().0))
        .filter(received_activity::Column::ReceivedAt.lt(before))
        .exec(door)
        .await?;
    Ok(deleted.rows_affected)
}
