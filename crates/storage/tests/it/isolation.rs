//! The line between tenants, as the database draws it.

use belfry_storage::{AppDb, PoolOptions};
use belfry_test_support::TestDatabase;

#[tokio::test]
async fn a_fresh_platform_has_no_tenant() {
    let database = TestDatabase::new().await;
    let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
    assert!(app.tenant_list().await.unwrap().is_empty());
}
