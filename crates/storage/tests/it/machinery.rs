//! The machinery's tables as the tests of this crate use them.

use belfry_model::{ActivityId, Clock, Lane, TenantId};
use belfry_storage::{Claim, End, Ended, Outcomes, Parked, PoolOptions, Slice, Turn, WorkerDb, row};
use belfry_test_support::{MockClock, TestDatabase};
use chrono::{DateTime, TimeDelta, Utc};

pub const TENANT: TenantId = TenantId(1);
pub const ACTIVITY: ActivityId = ActivityId(11);

pub struct Machinery {
    pub database: TestDatabase,
    pub worker: WorkerDb,
    pub now: DateTime<Utc>,
}

impl Machinery {
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        let worker = WorkerDb::connect(&database.worker_url(), PoolOptions::default()).await.unwrap();
        Self { database, worker, now: MockClock::default().now() }
    }

    /// Rows of (tenant, activity, thread), in this order.
    pub async fn outbox(&self, rows: &[(i64, i64, i64)]) {
        for (tenant, activity, thread) in rows {
            self.database
                .run_as_superuser(&format!(
                    "INSERT INTO machinery.outbox (tenant_id, activity_id, lane, thread_id, changed_at)
                     VALUES ({tenant}, {activity}, 'normal', {thread}, '{}')",
                    self.now.to_rfc3339()
                ))
                .await;
        }
    }

    pub fn turn(&self) -> Turn {
        Turn {
            lane: Lane::Normal,
            now: self.now,
            claim: TimeDelta::minutes(1),
            newcomers_only: false,
            dearest: TimeDelta::hours(1),
        }
    }

    pub async fn claim(&self) -> Option<Claim> {
        self.worker.outbox_claim(self.turn()).await.unwrap()
    }

    /// The next slice of a claim: so many inboxes, up to a cursor or to the end.
    pub async fn advance(&self, claim: &Claim, cursor: Option<&str>, inboxes: usize) -> bool {
        let slice = Slice {
            cursor,
            inboxes,
            held: &[],
            gone: 0,
            barred: 0,
            paid_until: None,
            spends: TimeDelta::hours(1),
        };
        self.worker.outbox_advance(claim, slice, self.now).await.unwrap()
    }

    /// One activity to so many inboxes, published as a whole.
    pub async fn published(&self, inboxes: usize) {
        self.outbox(&[(TENANT.0, ACTIVITY.0, 0)]).await;
        let claim = self.claim().await.unwrap();
        assert!(self.advance(&claim, None, inboxes).await);
    }

    pub async fn record(&self, batch: Option<i64>, ends: Vec<(&str, End)>) {
        let ends = ends
            .into_iter()
            .map(|(inbox, end)| Ended { inbox: inbox.into(), host: "remote.example".into(), end })
            .collect();
        let outcomes = Outcomes { tenant: TENANT, activity: ACTIVITY, lane: Lane::Normal, batch, ends };
        self.worker.outcomes_record(&[outcomes], self.now).await.unwrap();
    }

    pub async fn ledger(&self) -> row::Outbox {
        self.worker.outbox_fetch(TENANT, ACTIVITY).await.unwrap().unwrap()
    }

    /// What is due by now, leased for five minutes.
    pub async fn take(&self) -> Vec<Parked> {
        let again = self.now + TimeDelta::minutes(5);
        self.worker.parked_take(Lane::Normal, self.now, again, 100).await.unwrap()
    }
}
