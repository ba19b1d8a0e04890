//! The ledger: what became of each activity, in servers, for the tenant whose it is.
//!
//! Invariant: read through a [`TenantTx`] alone, so that a neighbour's deliveries are not there
//! to be counted. Each difference between counters is clamped at zero: a row that is being
//! counted at this moment may be ahead of another by a batch.

use belfry_model::{ActivityId, Lane, StatusId};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, Value};

use super::statement;
use crate::{Error, Result, TenantTx};

/// Counts of servers, each in exactly one of taken, waiting, under way, refused, gone, withdrawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Inboxes that the fan-out has come to so far.
    pub published: u64,
    /// Those of them whose first attempt has an outcome.
    pub settled: u64,
    pub taken: u64,
    pub refused: u64,
    /// Nothing is kept for them: their host has been away for too long.
    pub gone: u64,
    /// Deleted before it was sent there.
    pub withdrawn: u64,
    /// Besides: not sent to, since the phase of the agency or a rule of the platform bars them.
    pub barred: u64,
    /// The fan-out has come to all of them.
    pub walked: bool,
}

impl Ledger {
    /// Will be tried again.
    pub fn waiting(&self) -> u64 {
        self.settled.saturating_sub(self.taken + self.refused + self.gone + self.withdrawn)
    }

    /// In the queue, or being sent right now.
    pub fn under_way(&self) -> u64 {
        self.published.saturating_sub(self.settled)
    }

    /// Nothing will change any more by itself.
    pub fn is_complete(&self) -> bool {
        self.walked && self.waiting() == 0 && self.under_way() == 0
    }
}

/// One activity with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityLedger {
    pub activity: ActivityId,
    pub status: Option<StatusId>,
    /// The ActivityPub type.
    pub kind: String,
    pub lane: Lane,
    pub created_at: DateTime<Utc>,
    /// When the fan-out had come to every server.
    pub walked_at: Option<DateTime<Utc>>,
    pub ledger: Ledger,
}

/// A server that does not have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub host: String,
    /// For the tenant's own eyes: it names an account there.
    pub inbox: String,
    pub reason: String,
    pub attempts: u32,
    pub state: TroubleState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleState {
    /// `with_host`: as soon as its host is back, and at that time at the latest.
    Waiting {
        due_at: DateTime<Utc>,
        with_host: bool,
    },
    Refused {
        died_at: DateTime<Utc>,
    },
}

const COLUMNS: &str = "a.id, a.status_id, a.kind, o.lane, a.created_at, o.finished_at, o.published, o.settled, \
     o.taken, o.refused, o.gone, o.withdrawn, o.barred";

impl TenantTx {
    /// The activities that tell of a post, the oldest first. Rows are kept for some days after
    /// the fan-out; what is older has none.
    pub async fn ledger_of_status(&self, status: StatusId) -> Result<Vec<ActivityLedger>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM activity a
             JOIN machinery.outbox o ON o.tenant_id = a.tenant_id AND o.activity_id = a.id
             WHERE a.tenant_id = $1 AND a.status_id = $2 ORDER BY a.id"
        );
        self.ledgers(&sql, [self.tenant().0.into(), status.0.into()]).await
    }

    pub async fn ledger_of_activity(&self, activity: ActivityId) -> Result<Option<ActivityLedger>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM activity a
             JOIN machinery.outbox o ON o.tenant_id = a.tenant_id AND o.activity_id = a.id
             WHERE a.tenant_id = $1 AND a.id = $2"
        );
        Ok(self.ledgers(&sql, [self.tenant().0.into(), activity.0.into()]).await?.pop())
    }

    /// Up to `limit` servers that an activity waits for, the soonest first, then up to `limit`
    /// that refused it, the newest first.
    pub async fn ledger_troubles(&self, activity: ActivityId, limit: u32) -> Result<Vec<Trouble>> {
        const TROUBLES: &str = "
            (SELECT host, inbox, reason, attempts, due_at AS at, with_host, true AS waiting
             FROM machinery.parked_delivery WHERE tenant_id = $1 AND activity_id = $2
             ORDER BY due_at, inbox LIMIT $3)
            UNION ALL
            (SELECT host, inbox, reason, attempts, died_at, false, false
             FROM machinery.dead_letter WHERE tenant_id = $1 AND activity_id = $2
             ORDER BY died_at DESC, inbox LIMIT $3)";
        let values = [self.tenant().0.into(), activity.0.into(), i64::from(limit).into()];
        let rows = self.query_all_raw(statement(TROUBLES, values)).await?;
        rows.iter().map(trouble).collect()
    }

    /// The newest posts and boosts of the time since `age` ago that some server does not have
    /// (yet, or for good): each by its newest version.
    ///
    /// The time is the database's, which also wrote the rows'.
    pub async fn ledger_recent(&self, age: TimeDelta, limit: u32) -> Result<Vec<ActivityLedger>> {
        let sql = format!(
            "SELECT * FROM ({}) newest
             WHERE finished_at IS NULL OR published > settled OR settled > taken + gone + withdrawn
             ORDER BY status_id DESC LIMIT $3",
            newest_versions()
        );
        let values = [self.tenant().0.into(), age.num_seconds().into(), i64::from(limit).into()];
        self.ledgers(&sql, values).await
    }

    /// How many servers wait for such posts and boosts, and how many refused them.
    pub async fn ledger_recent_sums(&self, age: TimeDelta) -> Result<(u64, u64)> {
        let sql = format!(
            "SELECT coalesce(sum(greatest(0, settled - taken - refused - gone - withdrawn)), 0)::bigint,
                 coalesce(sum(refused), 0)::bigint FROM ({}) newest",
            newest_versions()
        );
        let values = [self.tenant().0.into(), age.num_seconds().into()];
        let Some(row) = self.query_one_raw(statement(&sql, values)).await? else { return Ok((0, 0)) };
        let (waiting, refused): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        Ok((waiting.unsigned_abs(), refused.unsigned_abs()))
    }

    async fn ledgers<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<Vec<ActivityLedger>> {
        let rows = self.query_all_raw(statement(sql, values)).await?;
        rows.iter().map(|row| LedgerRow::from_query_result(row, "")?.try_into()).collect()
    }
}

/// Of each living post and boost that left since `$2` seconds ago, the newest activity.
fn newest_versions() -> String {
    format!(
        "SELECT DISTINCT ON (a.status_id) {COLUMNS} FROM machinery.outbox o
         JOIN activity a ON a.tenant_id = o.tenant_id AND a.id = o.activity_id
         JOIN status s ON s.tenant_id = a.tenant_id AND s.id = a.status_id AND s.deleted_at IS NULL
         WHERE o.tenant_id = $1 AND o.created_at > now() - $2 * interval '1 second'
           AND a.kind IN ('Create', 'Update', 'Announce')
         ORDER BY a.status_id DESC, a.id DESC"
    )
}

#[derive(FromQueryResult)]
struct LedgerRow {
    id: i64,
    status_id: Option<i64>,
    kind: String,
    lane: String,
    created_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    published: i32,
    settled: i32,
    taken: i32,
    refused: i32,
    gone: i32,
    withdrawn: i32,
    barred: i32,
}

impl TryFrom<LedgerRow> for ActivityLedger {
    type Error = Error;

    fn try_from(row: LedgerRow) -> Result<Self> {
        let corrupt = |error| Error::Corrupt { table: "machinery.outbox", reason: format!("{error}") };
        Ok(Self {
            activity: ActivityId(row.id),
            status: row.status_id.map(StatusId),
            kind: row.kind,
            lane: row.lane.parse().map_err(corrupt)?,
            created_at: row.created_at,
            walked_at: row.finished_at,
            ledger: Ledger {
                published: count(row.published),
                settled: count(row.settled),
                taken: count(row.taken),
                refused: count(row.refused),
                gone: count(row.gone),
                withdrawn: count(row.withdrawn),
                barred: count(row.barred),
                walked: row.finished_at.is_some(),
            },
        })
    }
}

fn trouble(row: &QueryResult) -> Result<Trouble> {
    let at = row.try_get("", "at")?;
    Ok(Trouble {
        host: row.try_get("", "host")?,
        inbox: row.try_get("", "inbox")?,
        reason: row.try_get("", "reason")?,
        attempts: row.try_get::<i32>("", "attempts")?.unsigned_abs(),
        state: if row.try_get("", "waiting")? {
            TroubleState::Waiting { due_at: at, with_host: row.try_get("", "with_host")? }
        } else {
            TroubleState::Refused { died_at: at }
        },
    })
}

fn count(rows: i32) -> u64 {
    rows.try_into().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Ledger;

    #[test]
    fn a_server_is_counted_in_one_place() {
        let ledger = Ledger {
            published: 10,
            settled: 8,
            taken: 3,
            refused: 1,
            gone: 1,
            withdrawn: 1,
            ..Ledger::default()
        };
        assert_eq!((ledger.waiting(), ledger.under_way()), (2, 2));
        assert!(!ledger.is_complete());
        let done = Ledger { settled: 10, taken: 7, walked: true, ..ledger };
        assert!(done.is_complete());
    }

    #[test]
    fn a_counter_that_is_ahead_makes_no_difference_negative() {
        let ledger = Ledger { published: 1, settled: 2, taken: 3, ..Ledger::default() };
        assert_eq!((ledger.waiting(), ledger.under_way()), (0, 0));
    }
}
