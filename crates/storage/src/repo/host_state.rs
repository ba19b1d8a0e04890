//! Hosts that are not up: down, with the time of the next probe, or gone.
//!
//! Invariant: a host without a row is up. What is parked with a host becomes due, at a pace,
//! in the statement that takes its row away; what is parked for one that is gone is counted in
//! the ledger and kept no longer.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::delivery_admin::HELD;
use super::statement;
use crate::entity::host_state::{Column, Entity, Model};
use crate::{Result, WorkerDb};

const DOWN: &str = "
    INSERT INTO machinery.host_state (host, state, since, reason, probe_at, pause_seconds)
    VALUES ($1, 'down', $2, $3, $2 + $4 * interval '1 second', $4)
    ON CONFLICT (host) DO NOTHING";

const UP: &str = "
    WITH back AS (
        DELETE FROM machinery.host_state WHERE host = $1 RETURNING host
    ), ranked AS (
        SELECT p.tenant_id, p.activity_id, p.inbox,
            row_number() OVER (ORDER BY p.lane = 'urgent' DESC, p.activity_id, p.inbox) AS turn
        FROM machinery.parked_delivery p JOIN back ON back.host = p.host WHERE p.with_host
    ), released AS (
        UPDATE machinery.parked_delivery p
        SET with_host = false, due_at = $2 + (r.turn / $3::float8) * interval '1 second'
        FROM ranked r
        WHERE (p.tenant_id, p.activity_id, p.inbox) = (r.tenant_id, r.activity_id, r.inbox)
    )
    SELECT (SELECT count(*) FROM back), (SELECT count(*) FROM ranked)";

/// Only hosts that something is parked for and not held: a probe is a delivery. One that lies
/// further ahead than its pause was set before the clock was set back.
const PROBES: &str = "
    UPDATE machinery.host_state h
    SET pause_seconds = least(h.pause_seconds * 2, $3), probes = h.probes + 1,
        probe_at = $1 + least(h.pause_seconds * 2, $3) * interval '1 second'
    FROM (SELECT s.host FROM machinery.host_state s
          WHERE s.state = 'down'
            AND (s.probe_at <= $1 OR s.probe_at > $1 + s.pause_seconds * interval '1 second')
            AND EXISTS (SELECT FROM machinery.parked_delivery p WHERE p.host = s.host AND p.reason <> $4)
          ORDER BY s.probe_at LIMIT $2 FOR UPDATE SKIP LOCKED) due
    WHERE h.host = due.host
    RETURNING h.host";

/// The hosts are walked by index, whatever the number of rows that wait for each.
const STRAY: &str = "
    WITH RECURSIVE waited_for AS (
        (SELECT host FROM machinery.parked_delivery WHERE with_host ORDER BY host LIMIT 1)
        UNION ALL
        SELECT (SELECT p.host FROM machinery.parked_delivery p
                WHERE p.with_host AND p.host > w.host ORDER BY p.host LIMIT 1)
        FROM waited_for w WHERE w.host IS NOT NULL
    ), ranked AS (
        SELECT p.tenant_id, p.activity_id, p.inbox,
            row_number() OVER (PARTITION BY p.host ORDER BY p.activity_id, p.inbox) AS turn
        FROM waited_for w JOIN machinery.parked_delivery p ON p.host = w.host AND p.with_host
        WHERE NOT EXISTS (SELECT FROM machinery.host_state s WHERE s.host = w.host)
    )
    UPDATE machinery.parked_delivery p
    SET with_host = false, due_at = $1 + (r.turn / $2::float8) * interval '1 second'
    FROM ranked r
    WHERE (p.tenant_id, p.activity_id, p.inbox) = (r.tenant_id, r.activity_id, r.inbox)";

const GONE: &str = "
    WITH gone AS (
        UPDATE machinery.host_state SET state = 'gone' WHERE state = 'down' AND since < $1 RETURNING host
    ), dropped AS (
        DELETE FROM machinery.parked_delivery p USING gone WHERE p.host = gone.host AND p.reason <> $3
        RETURNING p.tenant_id, p.activity_id
    ), sums AS (
        SELECT tenant_id, activity_id, count(*) AS gone FROM dropped GROUP BY tenant_id, activity_id
    ), counted AS (
        UPDATE machinery.outbox o SET gone = o.gone + s.gone, changed_at = $2
        FROM sums s WHERE o.tenant_id = s.tenant_id AND o.activity_id = s.activity_id
    )
    SELECT count(*) FROM gone";

impl WorkerDb {
    /// Those of `hosts` that are not up.
    pub async fn host_state_list(&self, hosts: &[String]) -> Result<Vec<Model>> {
        Ok(Entity::find()
            .filter(Column::Host.is_in(hosts.iter().map(String::as_str)))
            .all(self.pool())
            .await?)
    }

    /// Counts a host as down from now on; the first probe is after `pause`.
    pub async fn host_state_down(
        &self,
        host: &str,
        reason: &str,
        now: DateTime<Utc>,
        pause: TimeDelta,
    ) -> Result<()> {
        let values = [host.into(), now.into(), reason.into(), seconds(pause).into()];
        self.pool().execute_raw(statement(DOWN, values)).await?;
        Ok(())
    }

    /// A host is back: what waits for it becomes due, `per_second` at a time. `None` if nothing
    /// was known against it.
    pub async fn host_state_up(
        &self,
        host: &str,
        now: DateTime<Utc>,
        per_second: u32,
    ) -> Result<Option<u64>> {
        let values = [host.into(), now.into(), f64::from(per_second.max(1)).into()];
        let Some(row) = self.pool().query_one_raw(statement(UP, values)).await? else { return Ok(None) };
        let (back, released): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        Ok((back > 0).then_some(released.unsigned_abs()))
    }

    /// Claims the probes that are due: each host is answered to one caller, and again only after
    /// a pause of twice the last, at most `longest`.
    pub async fn host_state_probes(
        &self,
        now: DateTime<Utc>,
        limit: u32,
        longest: TimeDelta,
    ) -> Result<Vec<String>> {
        let values = [now.into(), i64::from(limit).into(), seconds(longest).into(), HELD.into()];
        let rows = self.pool().query_all_raw(statement(PROBES, values)).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// Releases what waits for hosts that are up: parked with one in the very moment in which it
    /// came back, by somebody who had not heard of it yet. How many.
    pub async fn host_state_stray(&self, now: DateTime<Utc>, per_second: u32) -> Result<u64> {
        let values = [now.into(), f64::from(per_second.max(1)).into()];
        Ok(self.pool().execute_raw(statement(STRAY, values)).await?.rows_affected())
    }

    /// What has been down since before `before` is gone. How many hosts.
    pub async fn host_state_gone(&self, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64> {
        let gone =
            self.pool().query_one_raw(statement(GONE, [before.into(), now.into(), HELD.into()])).await?;
        let gone: i64 = gone.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(gone.unsigned_abs())
    }

    /// Forgets hosts that have been gone since before `before`: the next post tries them anew.
    pub async fn host_state_forget(&self, before: DateTime<Utc>) -> Result<u64> {
        let forgotten = Entity::delete_many()
            .filter(Column::State.eq("gone"))
            .filter(Column::Since.lt(before))
            .exec(self.pool())
            .await?;
        Ok(forgotten.rows_affected)
    }

    /// How many hosts are down, for the metrics.
    pub async fn host_state_count_down(&self) -> Result<u64> {
        Ok(Entity::find().filter(Column::State.eq("down")).count(self.pool()).await?)
    }
}

fn seconds(time: TimeDelta) -> i32 {
    i32::try_from(time.num_seconds()).unwrap_or(i32::MAX).max(1)
}
