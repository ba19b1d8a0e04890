//! One slice of a fan-out: what it may not overtake, and moving the cursor past it.

use belfry_model::{ActivityId, DeliverTo, TenantId};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, QueryResult};

use super::outbox::milliseconds;
use super::statement;
use crate::{Claim, Result, WorkerDb};

/// An inbox that gets no message now: a row waits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub inbox: String,
    pub host: String,
    pub reason: String,
    pub due_at: DateTime<Utc>,
    /// Until its host is back, and no longer than `due_at`.
    pub with_host: bool,
}

/// What is recorded of a slice once the queue has confirmed its messages.
#[derive(Debug, Clone)]
pub struct Slice<'a> {
    /// Where the next slice begins; `None` if this was the last.
    pub cursor: Option<&'a str>,
    /// Inboxes walked, held and gone ones included.
    pub inboxes: usize,
    pub held: &'a [Held],
    /// Inboxes for which nothing is kept, since their host has been away for too long.
    pub gone: usize,
    /// Inboxes that the phase or a rule bars: counted apart, since nothing was to go there.
    pub barred: usize,
    /// When the tenant may have its next turn, where its deliveries a minute are limited.
    pub paid_until: Option<DateTime<Utc>>,
    /// What it takes of the rate at which a tenant counts as a newcomer.
    pub spends: TimeDelta,
}

/// One statement, so all of it or, after a lost claim, nothing: a slice that a crash makes two of
/// is counted once as the tenant's deliveries of the day.
const ADVANCE: &str = "
    WITH moved AS (
        UPDATE machinery.outbox
        SET cursor = coalesce($3, cursor), finished_at = CASE WHEN $3 IS NULL THEN $4 END,
            published = published + $5, settled = settled + $6 + $7, gone = gone + $7,
            barred = barred + $15, changed_at = $4, claimed_until = NULL
        WHERE id = $1 AND cursor = $2 AND finished_at IS NULL
        RETURNING tenant_id, activity_id, lane
    ), held AS (
        INSERT INTO machinery.parked_delivery
            (tenant_id, activity_id, inbox, host, lane, attempts, reason, first_at, due_at, with_host)
        SELECT m.tenant_id, m.activity_id, h.inbox, h.host, m.lane, 0, h.reason, $4, h.due_at, h.with_host
        FROM moved m, unnest($8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::bool[])
            AS h (inbox, host, reason, due_at, with_host)
        ON CONFLICT DO NOTHING
    ), paid AS (
        UPDATE machinery.tenant_turn t
        SET paid_until = coalesce($13, t.paid_until),
            spent_until = greatest(t.spent_until, clock_timestamp()) + $14 * interval '1 ms'
        FROM moved m WHERE t.tenant_id = m.tenant_id AND t.lane = m.lane
    ), counted AS (
        INSERT INTO registry.usage_delivery AS u (tenant_id, day, deliveries)
        SELECT m.tenant_id, ($4 AT TIME ZONE 'UTC')::date, $5 - $7 FROM moved m WHERE $5 > $7
        ON CONFLICT (tenant_id, day) DO UPDATE SET deliveries = u.deliveries + excluded.deliveries
    )
    SELECT count(*) FROM moved";

const HELD_BEHIND: &str = "
    SELECT p.inbox, max(p.due_at), bool_or(p.with_host)
    FROM machinery.outbox o
    JOIN machinery.outbox e ON e.tenant_id = o.tenant_id AND e.thread_id = o.thread_id AND e.id < o.id
    JOIN machinery.parked_delivery p
        ON p.tenant_id = e.tenant_id AND p.activity_id = e.activity_id AND p.inbox = ANY($2)
    WHERE o.id = $1
    GROUP BY p.inbox";

impl WorkerDb {
    /// Moves the cursor past a slice that is published, and gives the turn to the next tenant.
    /// `false`: the claim was lost, somebody else has moved it, and nothing was recorded.
    pub async fn outbox_advance(&self, claim: &Claim, slice: Slice<'_>, now: DateTime<Utc>) -> Result<bool> {
        let held = slice.held;
        let texts = |of: fn(&Held) -> &String| held.iter().map(|held| of(held).clone()).collect::<Vec<_>>();
        let moved = self
            .pool()
            .query_one_raw(statement(
                ADVANCE,
                [
                    claim.id.into(),
                    claim.cursor.as_str().into(),
                    slice.cursor.map(str::to_owned).into(),
                    now.into(),
                    count(slice.inboxes).into(),
                    count(held.len()).into(),
                    count(slice.gone).into(),
                    texts(|held| &held.inbox).into(),
                    texts(|held| &held.host).into(),
                    texts(|held| &held.reason).into(),
                    held.iter().map(|held| held.due_at).collect::<Vec<_>>().into(),
                    held.iter().map(|held| held.with_host).collect::<Vec<_>>().into(),
                    slice.paid_until.into(),
                    milliseconds(slice.spends).into(),
                    count(slice.barred).into(),
                ],
            ))
            .await?;
        let moved: i64 = moved.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(moved == 1)
    }

    /// Those of `inboxes` at which an earlier activity of the same thread is parked, with the
    /// time it waits for: this one waits behind it.
    pub async fn outbox_held_behind(
        &self,
        claim: &Claim,
        inboxes: &[String],
    ) -> Result<Vec<(String, DateTime<Utc>, bool)>> {
        let values = [claim.id.into(), inboxes.to_vec().into()];
        let rows = self.pool().query_all_raw(statement(HELD_BEHIND, values)).await?;
        let read = |row: &QueryResult| {
            Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?))
        };
        rows.iter().map(read).collect()
    }

    /// Whether the outcomes of these first attempts are recorded already: then the message is a
    /// repetition, and nothing of it is sent again.
    pub async fn batch_is_settled(&self, tenant: TenantId, activity: ActivityId, batch: i64) -> Result<bool> {
        let values = [tenant.0.into(), activity.0.into(), batch.into()];
        let found = self
            .pool()
            .query_one_raw(statement(
                "SELECT 1 FROM machinery.settled_batch WHERE tenant_id = $1 AND activity_id = $2 AND batch = $3",
                values,
            ))
            .await?;
        Ok(found.is_some())
    }

    /// Forgets batches settled before `before`, whose messages no broker has any more.
    pub async fn settled_batch_delete_old(&self, before: DateTime<Utc>) -> Result<u64> {
        let delete = "DELETE FROM machinery.settled_batch WHERE settled_at < $1";
        Ok(self.pool().execute_raw(statement(delete, [before.into()])).await?.rows_affected())
    }
}

/// What tells one batch of first attempts from another: the same inboxes are the same batch,
/// however often they are published. Stable over releases, since it is stored.
pub fn batch_key(inboxes: &[DeliverTo]) -> i64 {
    // FNV-1a: no secret is at stake, only telling a few thousand lists apart.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in inboxes.iter().flat_map(|to| to.inbox.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash.cast_signed()
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
