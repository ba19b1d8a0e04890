//! Parked deliveries: what failed for now and when it is tried again.
//!
//! Invariant: the due time is the fence. Whoever takes a row for release moves its due time, and
//! deletes it later only if that is still the time: a delivery that fails again while its
//! release is being recorded has been given another one, and stays parked.

use belfry_model::{ActivityId, DeliverTo, Lane, TenantId};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set, Statement,
};

use crate::entity::parked_delivery::{ActiveModel, Column, Entity, Model};
use crate::{Error, Result, WorkerDb};

/// A delivery that waits for its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    pub tenant: TenantId,
    pub activity: ActivityId,
    pub lane: Lane,
    /// With `attempts` as made so far.
    pub to: DeliverTo,
    pub host: String,
    pub reason: String,
    pub first_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
}

/// Rows of one insert: far from the 65,535 parameters that a statement may have.
const CHUNK: usize = 1000;

impl WorkerDb {
    /// Parks deliveries in bulk. A row that knows of more attempts is kept as it is.
    pub async fn parked_insert(&self, parked: &[Parked]) -> Result<()> {
        for chunk in parked.chunks(CHUNK) {
            let newer = OnConflict::columns([Column::TenantId, Column::ActivityId, Column::Inbox])
                .update_columns([
                    Column::Attempts,
                    Column::MissingDays,
                    Column::MissingOn,
                    Column::Reason,
                    Column::DueAt,
                ])
                .action_and_where(Expr::cust("excluded.attempts >= parked_delivery.attempts"))
                .to_owned();
            Entity::insert_many(chunk.iter().map(row))
                .on_conflict(newer)
                .exec_without_returning(self.pool())
                .await?;
        }
        Ok(())
    }

    /// Takes what is due, urgent first, for release. It stays in the table, due again at
    /// `again_at`, until [`Self::parked_delete`] says that it is in the queue.
    pub async fn parked_take(
        &self,
        now: DateTime<Utc>,
        again_at: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Parked>> {
        let rows = self
            .pool()
            .query_all_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE machinery.parked_delivery p SET due_at = $2
                 FROM (SELECT tenant_id, activity_id, inbox FROM machinery.parked_delivery
                       WHERE due_at <= $1 ORDER BY lane = 'urgent' DESC, due_at LIMIT $3
                       FOR UPDATE SKIP LOCKED) due
                 WHERE (p.tenant_id, p.activity_id, p.inbox) = (due.tenant_id, due.activity_id, due.inbox)
                 RETURNING p.*",
                [now.into(), again_at.into(), i64::from(limit).into()],
            ))
            .await?;
        rows.iter().map(|row| Parked::try_from(Model::from_query_result(row, "")?)).collect()
    }

    /// Forgets what was released, as [`Self::parked_take`] gave it, unless it has failed again since.
    pub async fn parked_delete(&self, released: &[Parked]) -> Result<()> {
        let tenants: Vec<_> = released.iter().map(|parked| parked.tenant.0).collect();
        let activities: Vec<_> = released.iter().map(|parked| parked.activity.0).collect();
        let inboxes: Vec<_> = released.iter().map(|parked| parked.to.inbox.clone()).collect();
        let due: Vec<_> = released.iter().map(|parked| parked.due_at).collect();
        self.pool()
            .execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "DELETE FROM machinery.parked_delivery p
                 USING unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[])
                     AS released (tenant_id, activity_id, inbox, due_at)
                 WHERE p.tenant_id = released.tenant_id AND p.activity_id = released.activity_id
                   AND p.inbox = released.inbox AND p.due_at = released.due_at",
                [tenants.into(), activities.into(), inboxes.into(), due.into()],
            ))
            .await?;
        Ok(())
    }

    /// Gives up what has failed since before `before`: each becomes a dead letter.
    pub async fn parked_expire(&self, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64> {
        let done = self
            .pool()
            .execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "WITH expired AS (
                     DELETE FROM machinery.parked_delivery WHERE first_at < $1
                     RETURNING tenant_id, activity_id, inbox, host, lane, attempts, reason)
                 INSERT INTO machinery.dead_letter
                     (tenant_id, activity_id, inbox, host, lane, attempts, reason, died_at)
                 SELECT tenant_id, activity_id, inbox, host, lane, attempts, 'given up: ' || reason, $2
                 FROM expired
                 ON CONFLICT DO NOTHING",
                [before.into(), now.into()],
            ))
            .await?;
        Ok(done.rows_affected())
    }

    /// How many wait, for the metrics.
    pub async fn parked_count(&self) -> Result<u64> {
        Ok(Entity::find().count(self.pool()).await?)
    }

    /// What waits of one tenant, the soonest first.
    pub async fn parked_list(&self, tenant: TenantId, limit: u64) -> Result<Vec<Parked>> {
        let rows = Entity::find()
            .filter(Column::TenantId.eq(tenant.0))
            .order_by_asc(Column::DueAt)
            .limit(limit)
            .all(self.pool())
            .await?;
        rows.into_iter().map(Parked::try_from).collect()
    }
}

fn row(parked: &Parked) -> ActiveModel {
    ActiveModel {
        tenant_id: Set(parked.tenant.0),
        activity_id: Set(parked.activity.0),
        inbox: Set(parked.to.inbox.clone()),
        host: Set(parked.host.clone()),
        lane: Set(parked.lane.to_string()),
        attempts: Set(number(parked.to.attempts)),
        missing_days: Set(number(parked.to.missing_days)),
        missing_on: Set(parked.to.missing_on),
        reason: Set(parked.reason.clone()),
        first_at: Set(parked.first_at),
        due_at: Set(parked.due_at),
    }
}

impl TryFrom<Model> for Parked {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let corrupt =
            |error| Error::Corrupt { table: "machinery.parked_delivery", reason: format!("{error}") };
        Ok(Self {
            tenant: TenantId(row.tenant_id),
            activity: ActivityId(row.activity_id),
            lane: row.lane.parse().map_err(corrupt)?,
            to: DeliverTo {
                inbox: row.inbox,
                attempts: row.attempts.unsigned_abs(),
                failing_since_ms: Some(row.first_at.timestamp_millis()),
                missing_days: row.missing_days.unsigned_abs(),
                missing_on: row.missing_on,
            },
            host: row.host,
            reason: row.reason,
            first_at: row.first_at,
            due_at: row.due_at,
        })
    }
}

fn number(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
