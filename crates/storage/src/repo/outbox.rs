//! Outbox: what is still to be fanned out, one row an activity, and whose turn it is.
//!
//! Invariant: a slice counts as published only when the cursor has moved from where the claim
//! found it. A worker that lost its claim moves nothing, so that at worst one slice is doubled
//! and none is skipped.

use belfry_model::{ActivityId, Lane, TenantId};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, Statement,
    TransactionTrait,
};

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
}

/// What waits in a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    pub lane: Lane,
    pub open: u64,
    pub oldest: DateTime<Utc>,
}

/// The tenant served longest ago goes first, and of a tenant its oldest activity: a later one
/// waits for as long as an earlier one is claimed, so that an edit does not overtake its post.
const NEXT: &str = "
    SELECT o.* FROM machinery.outbox o
    LEFT JOIN machinery.tenant_turn t ON t.tenant_id = o.tenant_id AND t.lane = o.lane
    WHERE o.lane = $1 AND o.finished_at IS NULL AND (o.claimed_until IS NULL OR o.claimed_until < $2)
      AND NOT EXISTS (SELECT FROM machinery.outbox earlier
          WHERE earlier.lane = o.lane AND earlier.tenant_id = o.tenant_id AND earlier.id < o.id
            AND earlier.finished_at IS NULL)
    ORDER BY t.served_at NULLS FIRST, o.id
    LIMIT 1
    FOR UPDATE OF o SKIP LOCKED";

impl WorkerDb {
    /// Claims the next turn in a lane, and counts it as the tenant's.
    pub async fn outbox_claim(
        &self,
        lane: Lane,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Option<Claim>> {
        let tx = self.pool().begin().await?;
        let next = tx.query_one_raw(statement(NEXT, [lane.as_str().into(), now.into()])).await?;
        let Some(next) = next else { return Ok(None) };
        let row = outbox::Model::from_query_result(&next, "")?;
        tx.execute_raw(statement(
            "UPDATE machinery.outbox SET claimed_until = $2 WHERE id = $1",
            [row.id.into(), until.into()],
        ))
        .await?;
        // The database's clock, which all fan-out workers share: turns are compared with each other.
        tx.execute_raw(statement(
            "INSERT INTO machinery.tenant_turn (tenant_id, lane, served_at) VALUES ($1, $2, clock_timestamp())
             ON CONFLICT (tenant_id, lane) DO UPDATE SET served_at = excluded.served_at",
            [row.tenant_id.into(), row.lane.as_str().into()],
        ))
        .await?;
        tx.commit().await?;
        Claim::try_from(row).map(Some)
    }

    /// Moves the cursor past a slice that is published, and gives the turn to the next tenant.
    /// `false`: the claim was lost and somebody else has moved it.
    pub async fn outbox_advance(&self, claim: &Claim, cursor: &str, inboxes: usize) -> Result<bool> {
        let inboxes = i32::try_from(inboxes).unwrap_or(i32::MAX);
        let moved = self
            .pool()
            .execute_raw(statement(
                "UPDATE machinery.outbox SET cursor = $3, published = published + $4, claimed_until = NULL
                 WHERE id = $1 AND cursor = $2 AND finished_at IS NULL",
                [claim.id.into(), claim.cursor.as_str().into(), cursor.into(), inboxes.into()],
            ))
            .await?;
        Ok(moved.rows_affected() == 1)
    }

    /// The whole audience is published, or there is nothing to send any more.
    pub async fn outbox_finish(&self, claim: &Claim, inboxes: usize, now: DateTime<Utc>) -> Result<bool> {
        let inboxes = i32::try_from(inboxes).unwrap_or(i32::MAX);
        let finished = self
            .pool()
            .execute_raw(statement(
                "UPDATE machinery.outbox SET finished_at = $3, published = published + $4, claimed_until = NULL
                 WHERE id = $1 AND cursor = $2 AND finished_at IS NULL",
                [claim.id.into(), claim.cursor.as_str().into(), now.into(), inboxes.into()],
            ))
            .await?;
        Ok(finished.rows_affected() == 1)
    }

    /// Gives a claim back unused; without this it runs out by itself.
    pub async fn outbox_release(&self, claim: &Claim) -> Result<()> {
        self.pool()
            .execute_raw(statement(
                "UPDATE machinery.outbox SET claimed_until = NULL WHERE id = $1 AND cursor = $2",
                [claim.id.into(), claim.cursor.as_str().into()],
            ))
            .await?;
        Ok(())
    }

    /// What waits, for `doctor` and the metrics: only lanes in which something does.
    pub async fn outbox_backlog(&self) -> Result<Vec<Backlog>> {
        let rows = self
            .pool()
            .query_all_raw(Statement::from_string(
                DbBackend::Postgres,
                "SELECT lane, count(*), min(created_at) FROM machinery.outbox
                 WHERE finished_at IS NULL GROUP BY lane ORDER BY lane",
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

    /// Forgets what was finished before `before`, and the turns of tenants that send no more.
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

impl TryFrom<outbox::Model> for Claim {
    type Error = Error;

    fn try_from(row: outbox::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            activity: ActivityId(row.activity_id),
            lane: lane(&row.lane)?,
            cursor: row.cursor,
        })
    }
}

fn lane(word: &str) -> Result<Lane> {
    word.parse().map_err(|error| Error::Corrupt { table: "machinery.outbox", reason: format!("{error}") })
}

fn statement<const N: usize>(sql: &str, values: [sea_orm::Value; N]) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}
