//! Outbox: what is still to be fanned out, one row an activity, and whose turn it is.
//!
//! Invariants: a slice counts as published only when the cursor has moved from where the claim
//! found it, so that a worker that lost its claim moves nothing: at worst one slice is doubled
//! and none is skipped. Of one thread, the next activity is fanned out only when nothing of the
//! earlier ones is under way: what concerns one object reaches an inbox in order.

use belfry_model::{ActivityId, Lane, TenantId};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryResult,
    Statement,
};

use super::statement;
use crate::entity::{outbox, tenant_turn};
use crate::{Error, Result, WorkerDb};

/// One activity that is ours to fan out until the claim runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub id: i64,
    pub tenant: TenantId,
    pub activity: ActivityId,
    pub lane: Lane,
    /// The last inbox that was published; `""` before the first slice.
    pub cursor: String,
    /// The tenant has sent little of late: what it sends now waits behind nobody's backlog.
    pub newcomer: bool,
    /// An earlier claim ended without a word of what it had published.
    pub again: bool,
    /// Earlier activities of its thread may be parked at some inboxes.
    pub follows: bool,
}

/// A turn that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    pub lane: Lane,
    pub now: DateTime<Utc>,
    /// How long the claim lasts.
    pub claim: TimeDelta,
    /// While the lane is full, newcomers alone get a turn.
    pub newcomers_only: bool,
    /// What one slice can cost a tenant at most, where its deliveries a minute are limited.
    pub dearest: TimeDelta,
}

/// What waits in a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    pub lane: Lane,
    pub open: u64,
    pub oldest: DateTime<Utc>,
}

/// The tenant served longest ago goes first, and of a tenant its oldest activity that waits for
/// no other of its thread; a later one waits for as long as that one is claimed. The tenants are
/// walked by index, whatever the number of their rows. A claim that lies further ahead than any
/// can was made before the clock was set back; so was what a tenant has paid for further ahead
/// than a slice can cost. A suspended tenant has no turn.
///
/// Turns are compared by the database's clock, which all fan-out workers share. A newcomer may
/// be half a second ahead of its rate: a slice at once, and then as much as the rate allows.
const CLAIM: &str = "
    WITH RECURSIVE waiting AS (
        (SELECT o.tenant_id FROM machinery.outbox o
         WHERE o.lane = $1 AND o.finished_at IS NULL ORDER BY o.tenant_id LIMIT 1)
        UNION ALL
        SELECT (SELECT o.tenant_id FROM machinery.outbox o
                WHERE o.lane = $1 AND o.finished_at IS NULL AND o.tenant_id > w.tenant_id
                ORDER BY o.tenant_id LIMIT 1)
        FROM waiting w WHERE w.tenant_id IS NOT NULL
    ), next AS (
        SELECT o.*, coalesce(t.spent_until <= clock_timestamp() + interval '500 ms', true) AS newcomer,
            o.claimed_until IS NOT NULL AS again,
            o.thread_id <> 0 AND NOT o.overtakes AND EXISTS (SELECT FROM machinery.outbox e
                WHERE e.tenant_id = o.tenant_id AND e.thread_id = o.thread_id AND e.id < o.id) AS follows
        FROM waiting w
        LEFT JOIN machinery.tenant_turn t ON t.tenant_id = w.tenant_id AND t.lane = $1
        CROSS JOIN LATERAL (
            SELECT f.id FROM machinery.outbox f
            WHERE f.lane = $1 AND f.tenant_id = w.tenant_id AND f.finished_at IS NULL
              AND NOT EXISTS (SELECT FROM machinery.outbox e
                  WHERE e.tenant_id = f.tenant_id AND e.thread_id = f.thread_id AND f.thread_id <> 0 AND e.id < f.id
                    AND (e.finished_at IS NULL
                         OR (e.published > e.settled AND e.changed_at > $2 - interval '15 minutes')))
            ORDER BY f.id LIMIT 1) first
        JOIN machinery.outbox o ON o.id = first.id
        WHERE (o.claimed_until IS NULL OR o.claimed_until < $2 OR o.claimed_until > $3 + ($3 - $2))
          AND (t.paid_until IS NULL OR t.paid_until <= $2 OR t.paid_until > $2 + $5 * interval '1 ms')
          AND NOT EXISTS (SELECT FROM machinery.suspension s WHERE s.tenant_id = w.tenant_id)
          AND (NOT $4 OR coalesce(t.spent_until <= clock_timestamp() + interval '500 ms', true))
        ORDER BY t.served_at NULLS FIRST, o.id
        LIMIT 1
        FOR UPDATE OF o SKIP LOCKED
    ), claimed AS (
        UPDATE machinery.outbox o SET claimed_until = $3 FROM next WHERE o.id = next.id
    ), turn AS (
        INSERT INTO machinery.tenant_turn (tenant_id, lane, served_at)
        SELECT tenant_id, lane, clock_timestamp() FROM next
        ON CONFLICT (tenant_id, lane) DO UPDATE SET served_at = excluded.served_at
    )
    SELECT * FROM next";

impl WorkerDb {
    /// Claims the next turn in a lane, and counts it as the tenant's.
    pub async fn outbox_claim(&self, turn: Turn) -> Result<Option<Claim>> {
        let next = self
            .pool()
            .query_one_raw(statement(
                CLAIM,
                [
                    turn.lane.as_str().into(),
                    turn.now.into(),
                    (turn.now + turn.claim).into(),
                    turn.newcomers_only.into(),
                    milliseconds(turn.dearest).into(),
                ],
            ))
            .await?;
        next.as_ref().map(Claim::try_from).transpose()
    }

    /// Whether something could be claimed in a lane but for this moment: its row is being counted
    /// in by a worker, or it waits for what is under way of its thread.
    pub async fn outbox_waits(&self, lane: Lane, now: DateTime<Utc>) -> Result<bool> {
        const WAITS: &str = "
            SELECT 1 FROM machinery.outbox o
            LEFT JOIN machinery.tenant_turn t ON t.tenant_id = o.tenant_id AND t.lane = o.lane
            WHERE o.lane = $1 AND o.finished_at IS NULL AND (o.claimed_until IS NULL OR o.claimed_until < $2)
              AND (t.paid_until IS NULL OR t.paid_until <= $2)
              AND NOT EXISTS (SELECT FROM machinery.suspension s WHERE s.tenant_id = o.tenant_id)
            LIMIT 1";
        let found = self.pool().query_one_raw(statement(WAITS, [lane.as_str().into(), now.into()])).await?;
        Ok(found.is_some())
    }

    /// Gives a claim back; without this it runs out by itself. `unused` says that nothing of its
    /// slice was published: otherwise the next claim knows that something may have been.
    pub async fn outbox_release(&self, claim: &Claim, unused: bool) -> Result<()> {
        self.pool()
            .execute_raw(statement(
                "UPDATE machinery.outbox SET claimed_until = CASE WHEN NOT $3 THEN 'epoch'::timestamptz END
                 WHERE id = $1 AND cursor = $2",
                [claim.id.into(), claim.cursor.as_str().into(), (unused && !claim.again).into()],
            ))
            .await?;
        Ok(())
    }

    /// What waits, for `doctor` and the metrics: only lanes in which something does. What a suspended
    /// tenant has to send waits for no worker, and doesn't count.
    pub async fn outbox_backlog(&self) -> Result<Vec<Backlog>> {
        let rows = self
            .pool()
            .query_all_raw(Statement::from_string(
                DbBackend::Postgres,
                "SELECT lane, count(*), min(created_at) FROM machinery.outbox o
                 WHERE finished_at IS NULL
                   AND NOT EXISTS (SELECT FROM machinery.suspension s WHERE s.tenant_id = o.tenant_id)
                 GROUP BY lane ORDER BY lane",
            ))
            .await?;
        rows.iter()
            .map(|row| {
                let open: i64 = row.try_get_by_index(1)?;
                Ok(Backlog {
                    lane: lane(&row.try_get_by_index::<String>(0)?)?,
                    open: open.unsigned_abs(),
                    oldest: row.try_get_by_index(2)?,
                })
            })
            .collect()
    }

    /// The row of one activity: its fan-out and its ledger.
    pub async fn outbox_fetch(
        &self,
        tenant: TenantId,
        activity: ActivityId,
    ) -> Result<Option<outbox::Model>> {
        Ok(outbox::Entity::find()
            .filter(outbox::Column::TenantId.eq(tenant.0))
            .filter(outbox::Column::ActivityId.eq(activity.0))
            .one(self.pool())
            .await?)
    }

    /// Forgets what was finished before `before`, its ledger with it, and the turns of tenants
    /// that send no more.
    pub async fn outbox_delete_finished(&self, before: DateTime<Utc>) -> Result<u64> {
        let deleted = outbox::Entity::delete_many()
            .filter(outbox::Column::FinishedAt.lt(before))
            .exec(self.pool())
            .await?;
        tenant_turn::Entity::delete_many()
            .filter(tenant_turn::Column::ServedAt.lt(before))
            .exec(self.pool())
            .await?;
        Ok(deleted.rows_affected)
    }
}

impl TryFrom<&QueryResult> for Claim {
    type Error = Error;

    fn try_from(found: &QueryResult) -> Result<Self> {
        let row = outbox::Model::from_query_result(found, "")?;
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            activity: ActivityId(row.activity_id),
            lane: lane(&row.lane)?,
            cursor: row.cursor,
            newcomer: found.try_get("", "newcomer")?,
            again: found.try_get("", "again")?,
            follows: found.try_get("", "follows")?,
        })
    }
}

pub(crate) fn lane(word: &str) -> Result<Lane> {
    word.parse().map_err(|error| Error::Corrupt { table: "machinery.outbox", reason: format!("{error}") })
}

pub(super) fn milliseconds(time: TimeDelta) -> f64 {
    time.as_seconds_f64() * 1000.0
}
