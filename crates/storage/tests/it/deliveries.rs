//! Deliveries in every state, written as the engine leaves them, for the tests that look at them.

use belfry_model::{ActivityId, Clock, Secret, StatusId, TenantId, TenantScope};
use belfry_storage::{AppDb, DeliveryFilter, PoolOptions, TenantTx, WorkerDb};
use belfry_test_support::{MockClock, TestDatabase};
use chrono::{DateTime, Utc};
use sqlx::PgPool;

pub const MOE: TenantId = TenantId(1001);
pub const FIN: TenantId = TenantId(2002);

pub struct Deliveries {
    pub worker: WorkerDb,
    pub now: DateTime<Utc>,
    app: AppDb,
    superuser: PgPool,
    database: TestDatabase,
}

impl Deliveries {
    pub async fn new() -> Self {
        let database = TestDatabase::new().await;
        Self {
            worker: WorkerDb::connect(&database.worker_url(), PoolOptions::default()).await.unwrap(),
            app: AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap(),
            superuser: PgPool::connect(database.superuser_url().expose()).await.unwrap(),
            now: MockClock::default().now(),
            database,
        }
    }

    pub fn admin_url(&self) -> Secret {
        self.database.admin_url()
    }

    pub async fn tenant(&self, tenant: TenantId) -> TenantTx {
        self.app.tenant(TenantScope::of(tenant).unwrap()).await.unwrap()
    }

    /// As somebody with every right. References to rows that are not the point are not checked.
    pub async fn sql(&self, sql: &str) {
        let mut tx = self.superuser.begin().await.unwrap();
        sqlx::query("SET LOCAL session_replication_role = replica").execute(&mut *tx).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(&mut *tx)
            .await
            .unwrap_or_else(|e| panic!("{sql}: {e}"));
        tx.commit().await.unwrap();
    }

    pub async fn number(&self, sql: &str) -> i64 {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&self.superuser).await.unwrap()
    }

    /// A post and the activity that tells of it, fanned out to `servers` that have all taken it.
    pub async fn post(&self, tenant: TenantId, status: i64, kind: &str, servers: u32) -> ActivityId {
        self.sql(&format!(
            "INSERT INTO status (tenant_id, id, uri, actor_tenant, actor_id, local, visibility, text, content_html)
             VALUES ({tenant}, {status}, 's{status}', {tenant}, 1, true, 'public', '', '') ON CONFLICT DO NOTHING"
        ))
        .await;
        let id = self.number("SELECT next_id()").await;
        self.sql(&format!(
            "INSERT INTO activity (tenant_id, id, uri, kind, actor_id, status_id)
             VALUES ({tenant}, {id}, 'a{id}', '{kind}', 1, {status})"
        ))
        .await;
        self.sql(&format!(
            "INSERT INTO machinery.outbox
                 (tenant_id, activity_id, lane, published, settled, taken, finished_at)
             VALUES ({tenant}, {id}, 'normal', {servers}, {servers}, {servers}, now())"
        ))
        .await;
        ActivityId(id)
    }

    /// Of those that took it, one at each of these hosts waits instead.
    pub async fn park(&self, tenant: TenantId, activity: ActivityId, hosts: &[&str]) {
        for host in hosts {
            self.sql(&format!(
                "INSERT INTO machinery.parked_delivery
                     (tenant_id, activity_id, inbox, host, lane, attempts, reason, first_at, due_at)
                 VALUES ({tenant}, {activity}, 'https://{host}/inbox', '{host}', 'normal', 2, 'answered 503',
                     '{now}', timestamptz '{now}' + interval '1 hour')",
                now = self.now
            ))
            .await;
            self.sql(&format!(
                "UPDATE machinery.outbox SET taken = taken - 1 WHERE activity_id = {activity}"
            ))
            .await;
        }
    }

    /// Of those that took it, one at each of these hosts refused it instead.
    pub async fn bury(&self, tenant: TenantId, activity: ActivityId, hosts: &[&str]) {
        for host in hosts {
            self.sql(&format!(
                "INSERT INTO machinery.dead_letter
                     (tenant_id, activity_id, inbox, host, lane, attempts, reason, died_at)
                 VALUES ({tenant}, {activity}, 'https://{host}/inbox', '{host}', 'normal', 1,
                     'refused: answered 403', '{now}')",
                now = self.now
            ))
            .await;
            self.sql(&format!(
                "UPDATE machinery.outbox SET taken = taken - 1, refused = refused + 1 WHERE activity_id = {activity}"
            ))
            .await;
        }
    }

    pub async fn down(&self, host: &str, state: &str) {
        self.sql(&format!(
            "INSERT INTO machinery.host_state (host, state, since, reason, probe_at, pause_seconds, probes)
             VALUES ('{host}', '{state}', '{now}', 'took too long', '{now}', 60, 3)",
            now = self.now
        ))
        .await;
    }

    /// How many wait and were refused, by the ledger, after checking that the rows say the same.
    pub async fn counted(&self, tenant: TenantId, activity: ActivityId) -> (u64, u64) {
        let tx = self.tenant(tenant).await;
        let ledger = tx.ledger_of_activity(activity).await.unwrap().unwrap().ledger;
        let filter = DeliveryFilter { tenant: Some(tenant), activity: Some(activity), host: None };
        let rows = self.worker.delivery_count(&filter).await.unwrap();
        assert_eq!((ledger.waiting(), ledger.refused), rows, "the ledger and the rows of {activity}");
        rows
    }
}

pub fn status(id: i64) -> StatusId {
    StatusId(id)
}

pub fn at_host(host: &str) -> DeliveryFilter {
    DeliveryFilter { host: Some(host.to_owned()), ..DeliveryFilter::default() }
}

pub fn of_tenant(tenant: TenantId) -> DeliveryFilter {
    DeliveryFilter { tenant: Some(tenant), ..DeliveryFilter::default() }
}
