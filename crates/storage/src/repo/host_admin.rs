//! What an operator sees of hosts, and setting one free.
//!
//! Invariant: a host without a row is up. Resetting one takes its row away and makes what is
//! parked there due, at a pace, in one statement; what an operator holds stays held.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::delivery_admin::HELD;
use super::statement;
use crate::{Result, WorkerDb};

/// A host that is not up.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct HostTrouble {
    pub host: String,
    /// `down`, or `gone` once nothing is kept for it any more.
    pub state: String,
    pub since: DateTime<Utc>,
    pub reason: String,
    pub probe_at: DateTime<Utc>,
    pub probes: i32,
    /// Deliveries that wait there.
    pub parked: i64,
    /// Deliveries that ended there without success, of the last weeks.
    pub dead: i64,
}

/// What is known of one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostReport {
    /// `None`: it is up.
    pub trouble: Option<HostTrouble>,
    pub parked: u64,
    pub dead: u64,
}

/// What a reset did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostReset {
    /// The host was down or gone.
    pub was_known: bool,
    /// Deliveries that are due from now on.
    pub released: u64,
}

const LIST: &str = "
    SELECT h.host, h.state, h.since, h.reason, h.probe_at, h.probes,
        (SELECT count(*) FROM machinery.parked_delivery p WHERE p.host = h.host) AS parked,
        (SELECT count(*) FROM machinery.dead_letter d WHERE d.host = h.host) AS dead
    FROM machinery.host_state h
    WHERE ($1::text IS NULL OR h.host = $1) AND ($2::text IS NULL OR h.state = $2)
    ORDER BY h.since, h.host LIMIT $3";

const COUNT: &str = "
    SELECT (SELECT count(*) FROM machinery.parked_delivery WHERE host = $1),
           (SELECT count(*) FROM machinery.dead_letter WHERE host = $1)";

const RESET: &str = "
    WITH freed AS (
        DELETE FROM machinery.host_state WHERE host = $1 RETURNING host
    ), ranked AS (
        SELECT tenant_id, activity_id, inbox,
            row_number() OVER (ORDER BY lane = 'urgent' DESC, activity_id, inbox) AS turn
        FROM machinery.parked_delivery
        WHERE host = $1 AND reason <> $4 AND (with_host OR due_at > $2)
    ), released AS (
        UPDATE machinery.parked_delivery p
        SET with_host = false, due_at = $2 + (r.turn / $3::float8) * interval '1 second'
        FROM ranked r
        WHERE (p.tenant_id, p.activity_id, p.inbox) = (r.tenant_id, r.activity_id, r.inbox)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM freed), (SELECT count(*) FROM released)";

impl WorkerDb {
    /// Hosts that are not up, those for the longest time first.
    pub async fn host_list(&self, state: Option<&str>, limit: u32) -> Result<Vec<HostTrouble>> {
        let values = [None::<String>.into(), state.map(str::to_owned).into(), i64::from(limit).into()];
        self.hosts(values).await
    }

    pub async fn host_report(&self, host: &str) -> Result<HostReport> {
        let values = [Some(host.to_owned()).into(), None::<String>.into(), 1i64.into()];
        let trouble = self.hosts(values).await?.pop();
        let counts = self.pool().query_one_raw(statement(COUNT, [host.into()])).await?;
        let (parked, dead): (i64, i64) = match counts {
            Some(row) => (row.try_get_by_index(0)?, row.try_get_by_index(1)?),
            None => (0, 0),
        };
        Ok(HostReport { trouble, parked: parked.unsigned_abs(), dead: dead.unsigned_abs() })
    }

    /// Forgets what is known against a host; what waits there becomes due, `per_second` at a
    /// time and urgent first.
    pub async fn host_reset(&self, host: &str, now: DateTime<Utc>, per_second: u32) -> Result<HostReset> {
        let values = [host.into(), now.into(), f64::from(per_second.max(1)).into(), HELD.into()];
        let (freed, released): (i64, i64) = match self.pool().query_one_raw(statement(RESET, values)).await? {
            Some(row) => (row.try_get_by_index(0)?, row.try_get_by_index(1)?),
            None => (0, 0),
        };
        Ok(HostReset { was_known: freed > 0, released: released.unsigned_abs() })
    }

    async fn hosts(&self, values: [Value; 3]) -> Result<Vec<HostTrouble>> {
        Ok(HostTrouble::find_by_statement(statement(LIST, values)).all(self.pool()).await?)
    }
}
