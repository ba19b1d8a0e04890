//! The urgent lane: whether a tenant may use it, how often it did, and giving the permission.

use belfry_model::{Lane, StatusId, TenantId};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::json;

use super::registry::govern;
use super::statement;
use crate::{Actor, AdminDb, Error, Result, TenantTx};

/// One tenant's urgent posts are counted one after another: of ten at once, no more get through
/// than may.
const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtextextended('belfry.urgent', $1))";

const PERMITTED: &str = "SELECT urgent FROM registry.tenant WHERE id = $1";

/// The last one that still fits the number: when it is an hour old, there is room for another.
/// By the database's clock, which wrote the rows' times.
const WAIT: &str = "
    SELECT ceil(extract(epoch FROM created_at + interval '1 hour' - now()))::bigint
    FROM machinery.outbox
    WHERE tenant_id = $1 AND lane = 'urgent' AND created_at > now() - interval '1 hour'
    ORDER BY created_at DESC OFFSET $2 LIMIT 1";

const LANE: &str = "
    SELECT o.lane FROM activity a
    JOIN machinery.outbox o ON o.tenant_id = a.tenant_id AND o.activity_id = a.id
    WHERE a.tenant_id = $1 AND a.status_id = $2 AND a.kind = 'Create' LIMIT 1";

impl TenantTx {
    /// Whether the lead agency lets this tenant send urgent posts, as it is now.
    pub async fn urgent_permitted(&self) -> Result<bool> {
        let row = self.query_one_raw(statement(PERMITTED, [self.tenant().0.into()])).await?;
        Ok(row.map_or(Ok(false), |row| row.try_get_by_index(0))?)
    }

    /// How long to wait until one more urgent activity keeps within `per_hour`; `None` if it
    /// does now. Until the transaction ends nobody else of the tenant is answered.
    pub async fn urgent_wait(&self, per_hour: u32) -> Result<Option<TimeDelta>> {
        let tenant = self.tenant().0;
        if per_hour == 0 {
            return Ok(Some(TimeDelta::hours(1)));
        }
        self.execute_raw(statement(LOCK, [tenant.into()])).await?;
        let offset = i64::from(per_hour) - 1;
        let row = self.query_one_raw(statement(WAIT, [tenant.into(), offset.into()])).await?;
        let seconds: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?;
        Ok(seconds.map(|seconds| TimeDelta::seconds(seconds.max(1))))
    }

    /// The lane in which a post of this tenant left; `None` once that is forgotten.
    pub async fn outbox_lane_of_status(&self, status: StatusId) -> Result<Option<Lane>> {
        let values = [self.tenant().0.into(), status.0.into()];
        let Some(row) = self.query_one_raw(statement(LANE, values)).await? else { return Ok(None) };
        let lane: String = row.try_get_by_index(0)?;
        let corrupt = |error| Error::Corrupt { table: "machinery.outbox", reason: format!("{error}") };
        lane.parse().map(Some).map_err(corrupt)
    }
}

impl AdminDb {
    /// Lets a tenant send urgent posts, or takes that back. `false` if it was so already.
    pub async fn tenant_urgent_set(&self, id: TenantId, urgent: bool, by: Actor<'_>) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let changed = tx
            .execute_raw(statement(
                "UPDATE registry.tenant SET urgent = $2, updated_at = now() WHERE id = $1 AND urgent <> $2",
                [id.0.into(), urgent.into()],
            ))
            .await?
            .rows_affected();
        if changed == 0 {
            return Ok(false);
        }
        govern(&tx, by, "tenant.urgent", Some(id.0), json!({ "urgent": urgent })).await?;
        tx.commit().await?;
        Ok(true)
    }
}
