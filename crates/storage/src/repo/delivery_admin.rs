//! What an operator does to deliveries: looks, holds, releases, replays, gives up.
//!
//! Invariants: a delivery changes its place (waiting, dead) in the statement that changes the
//! ledger, and parked rows are locked before ledger rows and these in one order, as the engine
//! does, so that neither waits for the other. Ids, hosts, times and reasons are seen here and
//! no inbox address: that names somebody, and is for the tenant's own eyes.

use belfry_model::{ActivityId, Lane, TenantId};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use crate::{Error, Result, WorkerDb};

/// The reason of a delivery that waits for an operator.
pub const HELD: &str = "held by the operator";

/// Which deliveries are meant: those that match everything that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeliveryFilter {
    pub tenant: Option<TenantId>,
    pub activity: Option<ActivityId>,
    pub host: Option<String>,
}

impl DeliveryFilter {
    /// Means every delivery of the platform.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn values(&self) -> [Value; 3] {
        [self.tenant.map(|id| id.0).into(), self.activity.map(|id| id.0).into(), self.host.clone().into()]
    }

    fn with<const N: usize>(&self, more: [Value; N]) -> Vec<Value> {
        self.values().into_iter().chain(more).collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    Waiting,
    Refused,
}

/// One delivery that did not get there yet, or won't.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckDelivery {
    pub tenant: TenantId,
    pub activity: ActivityId,
    pub lane: Lane,
    pub host: String,
    pub state: DeliveryState,
    pub reason: String,
    pub attempts: u32,
    /// When it is tried next, or when it was given up.
    pub at: DateTime<Utc>,
    /// Waits for its host to come back.
    pub with_host: bool,
}

/// When what is held without an end would be due: in a year that no machine will see.
pub fn held_for_good() -> DateTime<Utc> {
    DateTime::from_timestamp(253_370_764_800, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// `$1` to `$3` of every statement here.
macro_rules! matching {
    () => {
        "($1::bigint IS NULL OR tenant_id = $1) AND ($2::bigint IS NULL OR activity_id = $2) \
         AND ($3::text IS NULL OR host = $3)"
    };
}

const LIST: &str = concat!(
    "(SELECT tenant_id, activity_id, lane, host, reason, attempts, due_at AS at, with_host, true AS waiting
      FROM machinery.parked_delivery WHERE $5 AND ",
    matching!(),
    " ORDER BY due_at, tenant_id, activity_id LIMIT $4)
     UNION ALL
     (SELECT tenant_id, activity_id, lane, host, reason, attempts, died_at, false, false
      FROM machinery.dead_letter WHERE $6 AND ",
    matching!(),
    " ORDER BY died_at DESC, tenant_id, activity_id LIMIT $4)
     LIMIT $4"
);

const COUNT: &str = concat!(
    "SELECT (SELECT count(*) FROM machinery.parked_delivery WHERE ",
    matching!(),
    "), (SELECT count(*) FROM machinery.dead_letter WHERE ",
    matching!(),
    ")"
);

/// The age of what is held stands still: it would be given up for it otherwise.
const HOLD: &str = concat!(
    "UPDATE machinery.parked_delivery p
     SET due_at = $5, first_at = greatest(p.first_at, $5), reason = $6, with_host = false
     FROM (SELECT tenant_id, activity_id, inbox FROM machinery.parked_delivery
           WHERE (due_at <> $5 OR reason <> $6) AND ",
    matching!(),
    " ORDER BY tenant_id, activity_id, inbox LIMIT $4 FOR UPDATE SKIP LOCKED) c
     WHERE (p.tenant_id, p.activity_id, p.inbox) = (c.tenant_id, c.activity_id, c.inbox)"
);

const RELEASE: &str = concat!(
    "UPDATE machinery.parked_delivery p
     SET due_at = $5, first_at = least(p.first_at, $5), with_host = false,
         reason = CASE WHEN p.reason = $6 THEN 'released by the operator' ELSE p.reason END
     FROM (SELECT tenant_id, activity_id, inbox FROM machinery.parked_delivery
           WHERE (due_at > $5 OR with_host) AND ",
    matching!(),
    " ORDER BY due_at, tenant_id, activity_id, inbox LIMIT $4 FOR UPDATE SKIP LOCKED) c
     WHERE (p.tenant_id, p.activity_id, p.inbox) = (c.tenant_id, c.activity_id, c.inbox)"
);

const REPLAY: &str = concat!(
    "WITH chosen AS (
         SELECT tenant_id, activity_id, inbox FROM machinery.dead_letter WHERE ",
    matching!(),
    " ORDER BY died_at, tenant_id, activity_id, inbox LIMIT $4 FOR UPDATE SKIP LOCKED
     ), raised AS (
         DELETE FROM machinery.dead_letter d USING chosen c
         WHERE (d.tenant_id, d.activity_id, d.inbox) = (c.tenant_id, c.activity_id, c.inbox)
         RETURNING d.tenant_id, d.activity_id, d.inbox, d.host, d.lane
     ), parked AS (
         INSERT INTO machinery.parked_delivery
             (tenant_id, activity_id, inbox, host, lane, attempts, reason, first_at, due_at)
         SELECT tenant_id, activity_id, inbox, host, lane, 0, 'replayed by the operator', $5, $5 FROM raised
         ON CONFLICT DO NOTHING
     ), sums AS (
         SELECT tenant_id, activity_id, count(*) AS n FROM raised GROUP BY tenant_id, activity_id
     ), locked AS (
         SELECT o.id FROM machinery.outbox o JOIN sums USING (tenant_id, activity_id)
         ORDER BY o.tenant_id, o.activity_id FOR UPDATE OF o
     ), counted AS (
         UPDATE machinery.outbox o SET refused = greatest(0, o.refused - s.n), changed_at = $5
         FROM sums s, locked l
         WHERE o.id = l.id AND o.tenant_id = s.tenant_id AND o.activity_id = s.activity_id
     )
     SELECT count(*) FROM raised"
);

const DROP: &str = concat!(
    "WITH chosen AS (
         SELECT tenant_id, activity_id, inbox FROM machinery.parked_delivery WHERE ",
    matching!(),
    " ORDER BY tenant_id, activity_id, inbox LIMIT $4 FOR UPDATE SKIP LOCKED
     ), dropped AS (
         DELETE FROM machinery.parked_delivery p USING chosen c
         WHERE (p.tenant_id, p.activity_id, p.inbox) = (c.tenant_id, c.activity_id, c.inbox)
         RETURNING p.tenant_id, p.activity_id, p.inbox, p.host, p.lane, p.attempts, p.reason
     ), died AS (
         INSERT INTO machinery.dead_letter (tenant_id, activity_id, inbox, host, lane, attempts, reason, died_at)
         SELECT tenant_id, activity_id, inbox, host, lane, attempts, 'dropped by the operator: ' || reason, $5
         FROM dropped
         ON CONFLICT DO NOTHING
     ), sums AS (
         SELECT tenant_id, activity_id, count(*) AS n FROM dropped GROUP BY tenant_id, activity_id
     ), locked AS (
         SELECT o.id FROM machinery.outbox o JOIN sums USING (tenant_id, activity_id)
         ORDER BY o.tenant_id, o.activity_id FOR UPDATE OF o
     ), counted AS (
         UPDATE machinery.outbox o SET refused = o.refused + s.n, changed_at = $5
         FROM sums s, locked l
         WHERE o.id = l.id AND o.tenant_id = s.tenant_id AND o.activity_id = s.activity_id
     )
     SELECT count(*) FROM dropped"
);

impl WorkerDb {
    /// What waits, the soonest first, then what was refused, the newest first; of one state
    /// alone where one is named.
    pub async fn delivery_list(
        &self,
        filter: &DeliveryFilter,
        state: Option<DeliveryState>,
        limit: u32,
    ) -> Result<Vec<StuckDelivery>> {
        let waiting = state != Some(DeliveryState::Refused);
        let refused = state != Some(DeliveryState::Waiting);
        let values = filter.with([i64::from(limit).into(), waiting.into(), refused.into()]);
        let rows = self.pool().query_all_raw(statement(LIST, values)).await?;
        rows.iter().map(stuck).collect()
    }

    /// How many wait and how many were refused.
    pub async fn delivery_count(&self, filter: &DeliveryFilter) -> Result<(u64, u64)> {
        let row = self.pool().query_one_raw(statement(COUNT, filter.with([]))).await?;
        let Some(row) = row else { return Ok((0, 0)) };
        let (waiting, refused): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        Ok((waiting.unsigned_abs(), refused.unsigned_abs()))
    }

    /// Keeps up to `limit` of what waits until then, or until it is released. How many: 0 when
    /// all of it is held so.
    pub async fn delivery_hold(
        &self,
        filter: &DeliveryFilter,
        until: Option<DateTime<Utc>>,
        limit: u32,
    ) -> Result<u64> {
        let until = until.unwrap_or_else(held_for_good);
        let values = filter.with([i64::from(limit).into(), until.into(), HELD.into()]);
        Ok(self.pool().execute_raw(statement(HOLD, values)).await?.rows_affected())
    }

    /// Makes up to `limit` of what waits due now, whatever it waits for.
    pub async fn delivery_release(
        &self,
        filter: &DeliveryFilter,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<u64> {
        let values = filter.with([i64::from(limit).into(), now.into(), HELD.into()]);
        Ok(self.pool().execute_raw(statement(RELEASE, values)).await?.rows_affected())
    }

    /// Brings up to `limit` dead letters back, as if never tried.
    pub async fn delivery_replay(
        &self,
        filter: &DeliveryFilter,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<u64> {
        self.moved(REPLAY, filter.with([i64::from(limit).into(), now.into()])).await
    }

    /// Gives up to `limit` of what waits up: each becomes a dead letter.
    pub async fn delivery_drop(
        &self,
        filter: &DeliveryFilter,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<u64> {
        self.moved(DROP, filter.with([i64::from(limit).into(), now.into()])).await
    }

    async fn moved(&self, sql: &'static str, values: Vec<Value>) -> Result<u64> {
        let row = self.pool().query_one_raw(statement(sql, values)).await?;
        let moved: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(moved.unsigned_abs())
    }
}

fn stuck(row: &QueryResult) -> Result<StuckDelivery> {
    let lane: String = row.try_get("", "lane")?;
    let corrupt = |error| Error::Corrupt { table: "machinery.parked_delivery", reason: format!("{error}") };
    let waiting: bool = row.try_get("", "waiting")?;
    Ok(StuckDelivery {
        tenant: TenantId(row.try_get("", "tenant_id")?),
        activity: ActivityId(row.try_get("", "activity_id")?),
        lane: lane.parse().map_err(corrupt)?,
        host: row.try_get("", "host")?,
        state: if waiting { DeliveryState::Waiting } else { DeliveryState::Refused },
        reason: row.try_get("", "reason")?,
        attempts: row.try_get::<i32>("", "attempts")?.unsigned_abs(),
        at: row.try_get("", "at")?,
        with_host: row.try_get("", "with_host")?,
    })
}

fn statement(sql: &'static str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}
