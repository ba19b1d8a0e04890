//! What a tenant uses is counted exactly, once, and refused beyond its plan, by the database.

use belfry_model::{Clock, Measure, Quota, Role, TenantId, TenantScope, Usage, UsedUp};
use belfry_storage::{Actor, AdminDb, AppDb, Error, NewMedia, PoolOptions, TenantTx};
use belfry_test_support::{MockClock, TestDatabase};
use chrono::NaiveDate;

use crate::machinery::{Machinery, TENANT};

struct Counted {
    app: AppDb,
    admin: AdminDb,
    database: TestDatabase,
}

impl Counted {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
        let admin = AdminDb::connect(&database.admin_url(), PoolOptions::default()).await.unwrap();
        Self { app, admin, database }
    }

    async fn tx(&self, tenant: i64) -> TenantTx {
        self.app.tenant(TenantScope::of(TenantId(tenant)).unwrap()).await.unwrap()
    }

    async fn usage(&self, tenant: i64) -> Usage {
        self.tx(tenant).await.usage_fetch(day()).await.unwrap().0
    }

    async fn admit(&self, tenant: i64, email: &str) -> Result<i64, Error> {
        let tx = self.tx(tenant).await;
        let person = tx.staff_admit(email, "", Role::Author, "hash").await?;
        tx.commit().await?;
        Ok(person.id)
    }

    async fn upload(&self, tenant: i64, actor: Option<i64>, bytes: i64) -> Result<i64, Error> {
        let tx = self.tx(tenant).await;
        let row = tx
            .media_insert(NewMedia {
                actor: actor.map(belfry_model::ActorId),
                status: None,
                position: 0,
                media_type: "image/png".into(),
                file_key: None,
                preview_key: None,
                remote_url: None,
                description: None,
                blurhash: None,
                meta: serde_json::json!({}),
                bytes,
                created_at: MockClock::default().now(),
            })
            .await?;
        tx.commit().await?;
        Ok(row.id)
    }

    async fn plan(&self, quota: Quota) {
        self.admin.quota_set(TenantId(1), Some(quota), Actor::COMMAND).await.unwrap();
    }
}

fn day() -> NaiveDate {
    "2026-01-31".parse().unwrap()
}

fn used_up<T>(result: &Result<T, Error>) -> Option<UsedUp> {
    match result {
        Err(Error::UsedUp(used_up)) => Some(*used_up),
        _ => None,
    }
}

#[tokio::test]
async fn people_are_counted_while_they_may_sign_in() {
    let counted = Counted::new().await;
    let ann = counted.admit(1, "ann@moe.example").await.unwrap();
    counted.admit(1, "bob@moe.example").await.unwrap();
    counted.admit(2, "cas@moh.example").await.unwrap();
    let tx = counted.tx(1).await;
    tx.staff_disable(belfry_model::StaffId(ann)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(counted.usage(1).await.staff, 1);
    counted.admit(1, "Ann@moe.example").await.unwrap();
    counted.admit(1, "Ann@moe.example").await.unwrap();
    assert_eq!((counted.usage(1).await.staff, counted.usage(2).await.staff), (2, 1));
    let tx = counted.tx(1).await;
    tx.staff_admit("dirk@moe.example", "", Role::Author, "hash").await.unwrap();
    drop(tx);
    assert_eq!(counted.usage(1).await.staff, 2, "what was rolled back is not counted");
    counted.database.run_as_superuser("DELETE FROM staff WHERE tenant_id = 1").await;
    assert_eq!(counted.usage(1).await.staff, 0);
}

#[tokio::test]
async fn stored_bytes_are_counted_and_what_is_elsewhere_is_not() {
    let counted = Counted::new().await;
    let one = counted.upload(1, Some(5), 700).await.unwrap();
    counted.upload(1, Some(5), 300).await.unwrap();
    counted.upload(1, None, 5_000).await.unwrap();
    assert_eq!(counted.usage(1).await.media_bytes, 1_000);
    let tx = counted.tx(1).await;
    tx.media_delete(&[belfry_model::MediaId(one)]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(counted.usage(1).await.media_bytes, 300);
}

#[tokio::test]
async fn of_many_who_take_the_last_places_at_once_none_gets_one_too_many() {
    let counted = Counted::new().await;
    counted.plan(Quota { staff: Some(3), media_bytes: Some(1_000), ..Quota::default() }).await;
    let people = futures::future::join_all((0..8).map(|n| {
        let counted = &counted;
        async move { counted.admit(1, &format!("p{n}@moe.example")).await }
    }))
    .await;
    let refused: Vec<_> = people.iter().filter_map(used_up).collect();
    assert_eq!(refused, [UsedUp { measure: Measure::Staff, limit: 3 }; 5]);
    let files = futures::future::join_all((0..8).map(|_| counted.upload(1, Some(5), 300))).await;
    assert_eq!(files.iter().filter(|file| file.is_ok()).count(), 3);
    assert_eq!(counted.usage(1).await, Usage { staff: 3, media_bytes: 900, ..Usage::default() });
    assert!(counted.admit(2, "somebody@moh.example").await.is_ok(), "a neighbour's plan is not this one");
}

#[tokio::test]
async fn of_many_posts_at_once_no_more_than_the_days_are_counted_as_fitting() {
    let counted = Counted::new().await;
    counted.plan(Quota { posts_per_day: Some(4), ..Quota::default() }).await;
    let posts = futures::future::join_all((0..10).map(|_| async {
        let tx = counted.tx(1).await;
        tx.usage_count_post(day()).await.unwrap().check()?;
        tx.commit().await.map_err(|_| UsedUp { measure: Measure::Accounts, limit: 0 })
    }))
    .await;
    let refused: Vec<_> = posts.into_iter().filter_map(Result::err).collect();
    assert_eq!(refused, [UsedUp { measure: Measure::Posts, limit: 4 }; 6]);
    assert_eq!(counted.usage(1).await.posts, 4);
    let tx = counted.tx(1).await;
    let tomorrow = tx.usage_count_post(day().succ_opt().unwrap()).await.unwrap();
    assert_eq!((tomorrow.posts, tomorrow.check()), (1, Ok(())));
}

#[tokio::test]
async fn a_plan_holds_at_once_and_a_smaller_one_takes_nothing_away() {
    let counted = Counted::new().await;
    for n in 0..3 {
        counted.admit(1, &format!("p{n}@moe.example")).await.unwrap();
    }
    counted.plan(Quota { staff: Some(2), ..Quota::default() }).await;
    let refused = counted.admit(1, "late@moe.example").await;
    assert_eq!(used_up(&refused), Some(UsedUp { measure: Measure::Staff, limit: 2 }));
    assert_eq!(counted.usage(1).await.staff, 3);
    // Whoever is there may change and leave.
    counted.admit(1, "p1@moe.example").await.unwrap();
    assert!(counted.admin.quota_set(TenantId(1), None, Actor::COMMAND).await.unwrap());
    counted.admit(1, "late@moe.example").await.unwrap();
    let everybody = Quota { staff: Some(1), ..Quota::default() };
    assert!(counted.admin.quota_default_set(everybody, Actor::COMMAND).await.unwrap());
    assert!(used_up(&counted.admit(1, "later@moe.example").await).is_some());
    assert!(!counted.admin.quota_default_set(everybody, Actor::COMMAND).await.unwrap(), "no change");
    let acts = counted.admin.governance_list(9).await.unwrap();
    let acts: Vec<_> = acts.iter().map(|act| (act.action.as_str(), act.about_tenant)).collect();
    assert_eq!(acts, [("quota.default", None), ("quota.set", Some(1)), ("quota.set", Some(1))]);
}

#[tokio::test]
async fn a_slice_that_a_lost_claim_repeats_is_counted_once() {
    let mut machinery = Machinery::new().await;
    machinery.outbox(&[(1, 11, 0), (2, 21, 0)]).await;
    let slow = machinery.claim().await.unwrap();
    machinery.now += chrono::TimeDelta::minutes(2);
    machinery.claim().await.unwrap();
    let heir = machinery.claim().await.unwrap();
    assert_eq!(heir.tenant, TENANT);
    assert!(machinery.advance(&heir, Some("https://b/inbox"), 2).await);
    assert!(!machinery.advance(&slow, None, 7).await);
    let next = machinery.claim().await.unwrap();
    assert!(machinery.advance(&next, None, 3).await);
    let app = AppDb::connect(&machinery.database.app_url(), PoolOptions::default()).await.unwrap();
    for (tenant, deliveries) in [(1, 5), (2, 0)] {
        let tx = app.tenant(TenantScope::of(TenantId(tenant)).unwrap()).await.unwrap();
        assert_eq!(tx.usage_fetch(day()).await.unwrap().0.deliveries, deliveries, "{tenant}");
    }
}

#[tokio::test]
async fn a_tenant_reads_and_writes_no_figures_but_its_own_and_no_plan() {
    let counted = Counted::new().await;
    counted.admit(2, "cas@moh.example").await.unwrap();
    counted.admin.quota_set(TenantId(2), Some(Quota::default()), Actor::COMMAND).await.unwrap();
    let app = sqlx::PgPool::connect(counted.database.app_url().expose()).await.unwrap();
    for table in ["usage_stock", "usage_day", "usage_delivery", "quota"] {
        let mut tx = app.begin().await.unwrap();
        sqlx::query("SELECT set_config('app.tenant_id', '1', true)").execute(&mut *tx).await.unwrap();
        let sql = format!("SELECT count(*) FROM registry.{table} WHERE tenant_id NOT IN (0, 1)");
        let theirs: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&mut *tx).await.unwrap();
        assert_eq!(theirs, 0, "{table}");
        let sql = format!("UPDATE registry.{table} SET tenant_id = 1 WHERE tenant_id = 2");
        match sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *tx).await {
            Ok(done) => assert_eq!(done.rows_affected(), 0, "{table}"),
            Err(error) => assert!(error.to_string().contains("permission denied"), "{table}: {error}"),
        }
    }
}
