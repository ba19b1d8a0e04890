//! Erasing a tenant: from every table that the catalogue knows, and from no other tenant.

use belfry_model::{TenantId, TenantScope};
use belfry_storage::{AppDb, PoolOptions};
use belfry_test_support::TestDatabase;
use sqlx::{AssertSqlSafe, PgPool, Row as _};

use crate::seed;

const OURS: i64 = 1001;
const THEIRS: i64 = 1002;

async fn rows(superuser: &PgPool, table: &str, tenant: i64) -> i64 {
    let sql = format!("SELECT count(*) FROM {table} WHERE tenant_id = {tenant}");
    sqlx::query(AssertSqlSafe(sql)).fetch_one(superuser).await.unwrap().get(0)
}

#[tokio::test]
async fn every_table_is_erased_but_the_records_and_no_neighbours() {
    let database = TestDatabase::new().await;
    let superuser = PgPool::connect(database.superuser_url().expose()).await.unwrap();
    let tables = seed::tables(&superuser).await;
    seed::fill(&superuser, &tables, &[OURS, THEIRS]).await;
    let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
    let tx = app.tenant(TenantScope::of(TenantId(OURS)).unwrap()).await.unwrap();
    while tx.erase_remains().await.unwrap() {
        assert!(tx.erase_batch(1).await.unwrap() > 0, "something refers to what is left");
    }
    tx.commit().await.unwrap();
    for table in tables.iter().filter(|table| table.is_content()) {
        // Acceptances go with the people who gave them.
        let stays = !table.app_may_update() && !table.name.ends_with("acceptance");
        assert_eq!(rows(&superuser, &table.name, OURS).await, i64::from(stays), "{}", table.name);
        assert_eq!(rows(&superuser, &table.name, THEIRS).await, 1, "{}", table.name);
    }
}
