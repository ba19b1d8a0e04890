//! Parked deliveries: what failed for now or waits for its host, and when it is tried again.
//!
//! Invariant: the row stays until the outcome of the next attempt is recorded
//! ([`super::outcome`]). Who takes one for release moves its due time past the attempt: an
//! attempt that nobody hears of again is made once more.

use belfry_model::{ActivityId, DeliverTo, Lane, TenantId};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QueryResult, QuerySelect,
};

use super::delivery_admin::HELD;
use super::statement;
use crate::entity::parked_delivery::{Column, Entity, Model};
use crate::{Error, Result, WorkerDb};

/// A delivery that waits for its time or for its host.
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
    pub with_host: bool,
}

/// Of one thread, what is later waits at each inbox for what is earlier, unless it takes that back.
const TAKE: &str = "
    UPDATE machinery.parked_delivery p SET due_at = $3
    FROM (SELECT d.tenant_id, d.activity_id, d.inbox FROM machinery.parked_delivery d
          JOIN machinery.outbox o ON o.tenant_id = d.tenant_id AND o.activity_id = d.activity_id
          WHERE d.lane = $1 AND d.due_at <= $2 AND NOT d.with_host
            AND NOT EXISTS (SELECT FROM machinery.suspension s WHERE s.tenant_id = d.tenant_id)
            AND (o.thread_id = 0 OR o.overtakes OR NOT EXISTS (
                SELECT FROM machinery.outbox e
                JOIN machinery.parked_delivery q
                    ON q.tenant_id = e.tenant_id AND q.activity_id = e.activity_id AND q.inbox = d.inbox
                WHERE e.tenant_id = o.tenant_id AND e.thread_id = o.thread_id AND e.id < o.id))
          ORDER BY d.due_at LIMIT $4
          FOR UPDATE OF d SKIP LOCKED) due
    WHERE (p.tenant_id, p.activity_id, p.inbox) = (due.tenant_id, due.activity_id, due.inbox)
    RETURNING p.*";

/// The oldest of each host, urgent first, but what the operator holds; no longer with its host, so that the host's return
/// does not release it a second time.
const TAKE_PROBES: &str = "
    UPDATE machinery.parked_delivery p SET due_at = $2, with_host = false
    FROM (SELECT first.* FROM unnest($1::text[]) AS h (host)
          CROSS JOIN LATERAL (
              SELECT d.tenant_id, d.activity_id, d.inbox FROM machinery.parked_delivery d
              WHERE d.host = h.host AND d.reason <> $3
                AND NOT EXISTS (SELECT FROM machinery.suspension s WHERE s.tenant_id = d.tenant_id)
              ORDER BY d.lane = 'urgent' DESC, d.activity_id LIMIT 1
              FOR UPDATE SKIP LOCKED) first) due
    WHERE (p.tenant_id, p.activity_id, p.inbox) = (due.tenant_id, due.activity_id, due.inbox)
    RETURNING p.*";

const EXPIRE: &str = "
    WITH expired AS (
        DELETE FROM machinery.parked_delivery p WHERE first_at < $1
          AND NOT EXISTS (SELECT FROM machinery.suspension s WHERE s.tenant_id = p.tenant_id)
        RETURNING tenant_id, activity_id, inbox, host, lane, attempts, reason
    ), died AS (
        INSERT INTO machinery.dead_letter (tenant_id, activity_id, inbox, host, lane, attempts, reason, died_at)
        SELECT tenant_id, activity_id, inbox, host, lane, attempts, 'given up: ' || reason, $2 FROM expired
        ON CONFLICT DO NOTHING
    ), sums AS (
        SELECT tenant_id, activity_id, count(*) AS refused FROM expired GROUP BY tenant_id, activity_id
    ), counted AS (
        UPDATE machinery.outbox o SET refused = o.refused + s.refused, changed_at = $2
        FROM sums s WHERE o.tenant_id = s.tenant_id AND o.activity_id = s.activity_id
    )
    SELECT count(*) FROM expired";

impl WorkerDb {
    /// Takes what is due in a lane for release. It stays in the table, due again at `again_at`.
    pub async fn parked_take(
        &self,
        lane: Lane,
        now: DateTime<Utc>,
        again_at: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Parked>> {
        let values = [lane.as_str().into(), now.into(), again_at.into(), i64::from(limit).into()];
        parked(&self.pool().query_all_raw(statement(TAKE, values)).await?)
    }

    /// One delivery of each of these hosts, to see whether it is back.
    pub async fn parked_take_probes(&self, hosts: &[String], again_at: DateTime<Utc>) -> Result<Vec<Parked>> {
        if hosts.is_empty() {
            return Ok(Vec::new());
        }
        let values = [hosts.to_vec().into(), again_at.into(), HELD.into()];
        parked(&self.pool().query_all_raw(statement(TAKE_PROBES, values)).await?)
    }

    /// Makes what is parked at a host for this reason due from now on, `per_second` at a time.
    pub async fn parked_hasten(
        &self,
        host: &str,
        reason: &str,
        now: DateTime<Utc>,
        per_second: u32,
    ) -> Result<()> {
        const HASTEN: &str = "
            UPDATE machinery.parked_delivery p
            SET due_at = least(p.due_at, $3 + (r.turn / $4::float8) * interval '1 second')
            FROM (SELECT tenant_id, activity_id, inbox, row_number() OVER (ORDER BY activity_id, inbox) AS turn
                  FROM machinery.parked_delivery WHERE host = $1 AND reason = $2) r
            WHERE (p.tenant_id, p.activity_id, p.inbox) = (r.tenant_id, r.activity_id, r.inbox)";
        let values = [host.into(), reason.into(), now.into(), f64::from(per_second.max(1)).into()];
        self.pool().execute_raw(statement(HASTEN, values)).await?;
        Ok(())
    }

    /// Gives up what has failed since before `before`: each becomes a dead letter. Not what stands
    /// still with its tenant.
    pub async fn parked_expire(&self, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64> {
        let expired = self.pool().query_one_raw(statement(EXPIRE, [before.into(), now.into()])).await?;
        let expired: i64 = expired.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(expired.unsigned_abs())
    }

    /// Those of `inboxes` for which the activity is still parked: the others have an end meanwhile.
    pub async fn parked_present(
        &self,
        tenant: TenantId,
        activity: ActivityId,
        inboxes: &[DeliverTo],
    ) -> Result<Vec<String>> {
        let inboxes = inboxes.iter().map(|to| to.inbox.as_str());
        let rows = Entity::find()
            .select_only()
            .column(Column::Inbox)
            .filter(Column::TenantId.eq(tenant.0))
            .filter(Column::ActivityId.eq(activity.0))
            .filter(Column::Inbox.is_in(inboxes));
        Ok(rows.into_tuple().all(self.pool()).await?)
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

fn parked(rows: &[QueryResult]) -> Result<Vec<Parked>> {
    rows.iter().map(|row| Parked::try_from(Model::from_query_result(row, "")?)).collect()
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
            with_host: row.with_host,
        })
    }
}
