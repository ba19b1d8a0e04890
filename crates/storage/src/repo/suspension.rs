//! Closing a tenant for a while: the registry says so, and its deliveries stand still.
//!
//! Invariant: how long it lasted counts for nothing. What was parked before has as many days left
//! afterwards as it had, and what was parked by the suspension is due at its end.

use belfry_model::TenantId;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, TransactionTrait};
use serde_json::json;

use super::registry::govern;
use super::statement;
use crate::entity::tenant;
use crate::{Actor, AdminDb, AppDb, Result, WorkerDb};

/// Why a tenant is closed, for its own people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    pub since: DateTime<Utc>,
    pub reason: String,
}

/// What waited for its host has a deadline of its own, and keeps as much of it.
const MOVE_ON: &str = "
    WITH over AS (
        DELETE FROM machinery.suspension WHERE until IS NOT NULL RETURNING tenant_id, since, until
    ), moved AS (
        UPDATE machinery.parked_delivery p
        SET first_at = p.first_at + greatest(o.until - greatest(o.since, p.first_at), interval '0'),
            due_at = p.due_at + CASE WHEN p.with_host
                THEN greatest(o.until - greatest(o.since, p.first_at), interval '0') ELSE interval '0' END
        FROM over o WHERE p.tenant_id = o.tenant_id
    ), wake AS (
        SELECT pg_notify('belfry_outbox', '') FROM (SELECT FROM over LIMIT 1) AS one
    )
    SELECT (SELECT count(*) FROM over), (SELECT count(*) FROM wake)";

impl AppDb {
    /// Since when and why a tenant is suspended; `None` if it isn't.
    pub async fn suspension_fetch(&self, tenant: TenantId) -> Result<Option<Suspension>> {
        let row = tenant::Entity::find_by_id(tenant.0).one(self.pool()).await?;
        Ok(row.and_then(|row| Some(Suspension { since: row.suspended_at?, reason: row.suspension_reason })))
    }
}

impl AdminDb {
    /// Closes a live tenant that isn't the lead agency. `false` if there is no such.
    pub async fn tenant_suspend(&self, id: TenantId, now: DateTime<Utc>, by: Actor<'_>) -> Result<bool> {
        const SUSPEND: &str = "
            UPDATE registry.tenant
            SET state = 'suspended', suspended_at = $2, suspension_reason = $3, updated_at = now()
            WHERE id = $1 AND state = 'live' AND NOT is_lead";
        const STAND_STILL: &str = "
            INSERT INTO machinery.suspension (tenant_id, since) VALUES ($1, $2)
            ON CONFLICT (tenant_id) DO UPDATE SET until = NULL";
        let tx = self.pool().begin().await?;
        let suspended =
            tx.execute_raw(statement(SUSPEND, [id.0.into(), now.into(), by.reason.into()])).await?;
        if suspended.rows_affected() == 0 {
            return Ok(false);
        }
        tx.execute_raw(statement(STAND_STILL, [id.0.into(), now.into()])).await?;
        govern(&tx, by, "tenant.suspend", Some(id.0), json!({})).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Opens a suspended tenant again. `false` if it isn't suspended.
    pub async fn tenant_resume(&self, id: TenantId, now: DateTime<Utc>, by: Actor<'_>) -> Result<bool> {
        const RESUME: &str = "
            UPDATE registry.tenant
            SET state = 'live', suspended_at = NULL, suspension_reason = '', updated_at = now()
            WHERE id = $1 AND state = 'suspended' AND delete_at IS NULL";
        const MOVE: &str = "UPDATE machinery.suspension SET until = $2 WHERE tenant_id = $1";
        let tx = self.pool().begin().await?;
        let resumed = tx.execute_raw(statement(RESUME, [id.0.into()])).await?;
        if resumed.rows_affected() == 0 {
            return Ok(false);
        }
        tx.execute_raw(statement(MOVE, [id.0.into(), now.into()])).await?;
        govern(&tx, by, "tenant.resume", Some(id.0), json!({})).await?;
        tx.commit().await?;
        Ok(true)
    }
}

impl WorkerDb {
    /// Moves what stood still on, of every tenant that was resumed, and lets it go. How many tenants.
    pub async fn suspension_move_on(&self) -> Result<u64> {
        let row = self.pool().query_one_raw(statement(MOVE_ON, [])).await?;
        let over: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(over.unsigned_abs())
    }
}
