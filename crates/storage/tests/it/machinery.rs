//! What must not be lost or skipped: turns and cursors of the outbox, parked deliveries.

use belfry_model::{ActivityId, Clock, DeliverTo, Lane, TenantId};
use belfry_storage::{Claim, Died, Parked, PoolOptions, WorkerDb};
use belfry_test_support::{MockClock, TestDatabase};
use chrono::{DateTime, TimeDelta, Utc};

struct Machinery {
    database: TestDatabase,
    worker: WorkerDb,
    now: DateTime<Utc>,
}

impl Machinery {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let worker = WorkerDb::connect(&database.worker_url(), PoolOptions::default()).await.unwrap();
        Self { database, worker, now: MockClock::default().now() }
    }

    async fn outbox(&self, rows: &[(i64, i64)]) {
        let pool = sqlx::PgPool::connect(self.database.superuser_url().expose()).await.unwrap();
        for (tenant, activity) in rows {
            sqlx::query(
                "INSERT INTO machinery.outbox (tenant_id, activity_id, lane) VALUES ($1, $2, 'normal')",
            )
            .bind(tenant)
            .bind(activity)
            .execute(&pool)
            .await
            .unwrap();
        }
        pool.close().await;
    }

    async fn claim(&self) -> Option<Claim> {
        let until = self.now + TimeDelta::minutes(1);
        self.worker.outbox_claim(Lane::Normal, self.now, until).await.unwrap()
    }

    fn parked(&self, inbox: &str, attempts: u32) -> Parked {
        Parked {
            tenant: TenantId(1),
            activity: ActivityId(2),
            lane: Lane::Normal,
            to: DeliverTo { attempts, ..DeliverTo::first(inbox) },
            host: "remote.example".into(),
            reason: "500".into(),
            first_at: self.now,
            due_at: self.now + TimeDelta::minutes(1),
        }
    }

    async fn take(&self, now: DateTime<Utc>) -> Vec<Parked> {
        self.worker.parked_take(now, now + TimeDelta::minutes(5), 100).await.unwrap()
    }
}

#[tokio::test]
async fn tenants_take_turns_however_much_one_of_them_posts() {
    let machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11), (1, 12), (1, 13), (2, 21)]).await;
    let mut served = Vec::new();
    while let Some(claim) = machinery.claim().await {
        served.push(claim.activity.0);
        assert!(machinery.worker.outbox_finish(&claim, 1, machinery.now).await.unwrap());
    }
    assert_eq!(served, [11, 21, 12, 13]);
    assert!(machinery.worker.outbox_backlog().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_activity_waits_for_the_earlier_one_of_its_tenant() {
    let machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11), (1, 12)]).await;
    let first = machinery.claim().await.unwrap();
    assert_eq!(machinery.claim().await, None);
    machinery.worker.outbox_release(&first).await.unwrap();
    assert_eq!(machinery.claim().await.unwrap().activity, first.activity);
}

#[tokio::test]
async fn a_lost_claim_moves_no_cursor() {
    let mut machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11)]).await;
    let slow = machinery.claim().await.unwrap();
    // The claim runs out and another worker goes on.
    machinery.now += TimeDelta::minutes(2);
    let heir = machinery.claim().await.unwrap();
    assert_eq!(heir.cursor, "");
    assert!(machinery.worker.outbox_advance(&heir, "https://b/inbox", 2).await.unwrap());
    assert!(!machinery.worker.outbox_advance(&slow, "https://a/inbox", 1).await.unwrap());
    assert!(!machinery.worker.outbox_finish(&slow, 1, machinery.now).await.unwrap());
    assert_eq!(machinery.claim().await.unwrap().cursor, "https://b/inbox");
}

#[tokio::test]
async fn a_delivery_is_due_when_its_time_has_come_and_again_if_its_release_is_not_recorded() {
    let machinery = Machinery::new().await;
    machinery.worker.parked_insert(&[machinery.parked("https://a/inbox", 1)]).await.unwrap();
    assert_eq!(machinery.take(machinery.now).await, []);
    let due = machinery.now + TimeDelta::minutes(1);
    let taken = machinery.take(due).await;
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].to.failing_since_ms, Some(machinery.now.timestamp_millis()));
    assert_eq!(machinery.take(due).await, [], "it is in somebody's hands");
    let again = machinery.take(due + TimeDelta::minutes(5)).await;
    assert_eq!(again.len(), 1);
    machinery.worker.parked_delete(&taken).await.unwrap();
    assert_eq!(machinery.worker.parked_count().await.unwrap(), 1, "somebody else has it now");
    machinery.worker.parked_delete(&again).await.unwrap();
    assert_eq!(machinery.worker.parked_count().await.unwrap(), 0);
}

#[tokio::test]
async fn a_delivery_that_failed_again_before_its_release_was_recorded_stays() {
    let machinery = Machinery::new().await;
    machinery.worker.parked_insert(&[machinery.parked("https://a/inbox", 1)]).await.unwrap();
    machinery.worker.parked_insert(&[machinery.parked("https://b/inbox", 1)]).await.unwrap();
    let taken = machinery.take(machinery.now + TimeDelta::minutes(1)).await;
    machinery.worker.parked_insert(&[machinery.parked("https://a/inbox", 2)]).await.unwrap();
    // Its host is down, so this one is parked again without an attempt.
    machinery.worker.parked_insert(&[machinery.parked("https://b/inbox", 1)]).await.unwrap();
    // A repetition of the first attempt knows nothing new.
    machinery.worker.parked_insert(&[machinery.parked("https://a/inbox", 1)]).await.unwrap();
    machinery.worker.parked_delete(&taken).await.unwrap();
    let left = machinery.worker.parked_list(TenantId(1), 10).await.unwrap();
    let mut left: Vec<_> = left.iter().map(|parked| (&*parked.to.inbox, parked.to.attempts)).collect();
    left.sort_unstable();
    assert_eq!(left, [("https://a/inbox", 2), ("https://b/inbox", 1)]);
}

#[tokio::test]
async fn what_has_failed_for_too_long_becomes_a_dead_letter_and_is_forgotten_later() {
    let machinery = Machinery::new().await;
    let (worker, now) = (&machinery.worker, machinery.now);
    worker.parked_insert(&[machinery.parked("https://a/inbox", 9)]).await.unwrap();
    assert_eq!(worker.parked_expire(now, now).await.unwrap(), 0);
    let later = now + TimeDelta::days(8);
    assert_eq!(worker.parked_expire(later - TimeDelta::days(7), later).await.unwrap(), 1);
    let dead = worker.dead_letter_list(TenantId(1), 10).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].reason.as_str(), dead[0].attempts), ("given up: 500", 9));
    assert!(worker.dead_letter_list(TenantId(2), 10).await.unwrap().is_empty());
    assert_eq!(worker.dead_letter_delete_old(later + TimeDelta::seconds(1)).await.unwrap(), 1);
}

#[tokio::test]
async fn a_dead_letter_is_recorded_once() {
    let machinery = Machinery::new().await;
    let died = Died {
        tenant: TenantId(1),
        activity: ActivityId(2),
        lane: Lane::Bulk,
        inbox: "https://a/inbox".into(),
        host: "a".into(),
        attempts: 1,
        reason: "403".into(),
    };
    machinery.worker.dead_letter_insert(std::slice::from_ref(&died), machinery.now).await.unwrap();
    machinery.worker.dead_letter_insert(&[died], machinery.now).await.unwrap();
    assert_eq!(machinery.worker.dead_letter_count().await.unwrap(), 1);
    machinery.worker.dead_letter_insert(&[], machinery.now).await.unwrap();
    machinery.worker.parked_insert(&[]).await.unwrap();
}
