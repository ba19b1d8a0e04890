//! The line between tenants, as the database draws it: for every table there is, by raw SQL
//! as the roles that the services connect as.
//!
//! The tables come from the catalogue, so a new one is covered without being named here, or
//! fails with what is missing.

use belfry_model::{TenantId, TenantScope};
use belfry_storage::{AppDb, PoolOptions};
use belfry_test_support::TestDatabase;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Row};

use crate::seed::{self, Table};

const OURS: i64 = 1001;
const THEIRS: i64 = 2002;

async fn pool(url: &belfry_model::Secret) -> PgPool {
    // One connection, so that a tenant left behind by one transaction would be seen by the next.
    PgPoolOptions::new().max_connections(1).connect(url.expose()).await.unwrap()
}

/// A database with a row of ours, of theirs and of the commons in every table.
async fn seeded() -> (TestDatabase, Vec<Table>) {
    let database = TestDatabase::new().await;
    let superuser = pool(&database.superuser_url()).await;
    let tables = seed::tables(&superuser).await;
    seed::fill(&superuser, &tables, &[OURS, THEIRS]).await;
    (database, tables)
}

async fn set_tenant(connection: &mut PgConnection, tenant: i64) {
    sqlx::query("SELECT set_config('app.tenant_id', $1, true)")
        .bind(tenant.to_string())
        .execute(connection)
        .await
        .unwrap();
}

async fn count(connection: &mut PgConnection, sql: String) -> i64 {
    sqlx::query(AssertSqlSafe(sql.clone()))
        .fetch_one(connection)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
        .get(0)
}

async fn affected(connection: &mut PgConnection, sql: String) -> u64 {
    sqlx::query(AssertSqlSafe(sql.clone()))
        .execute(connection)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
        .rows_affected()
}

#[tokio::test]
async fn every_table_with_a_tenant_has_a_forced_policy() {
    let database = TestDatabase::new().await;
    let superuser = pool(&database.superuser_url()).await;
    let naked: Vec<String> = sqlx::query(
        "SELECT n.nspname || '.' || c.relname
         FROM pg_class c
         JOIN pg_namespace n ON n.oid = c.relnamespace
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
         WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
           AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                    AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))",
    )
    .fetch_all(&superuser)
    .await
    .unwrap()
    .iter()
    .map(|row| row.get(0))
    .collect();
    assert!(naked.is_empty(), "row-level security is not forced on {naked:?}");
}

#[tokio::test]
async fn every_key_of_a_tenant_table_holds_the_tenant() {
    let database = TestDatabase::new().await;
    let superuser = pool(&database.superuser_url()).await;
    // Unique and foreign keys bypass row-level security: without the tenant in them they
    // would tell one tenant what another has.
    let leaking: Vec<String> = sqlx::query(
        "SELECT c.relname || ' (' || i.relname || ')'
         FROM pg_index x
         JOIN pg_class c ON c.oid = x.indrelid
         JOIN pg_class i ON i.oid = x.indexrelid
         JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
         WHERE x.indisunique AND NOT (a.attnum = ANY (x.indkey))",
    )
    .fetch_all(&superuser)
    .await
    .unwrap()
    .iter()
    .map(|row| row.get(0))
    .collect();
    assert!(leaking.is_empty(), "unique without tenant_id: {leaking:?}");
}

#[tokio::test]
async fn without_a_tenant_no_row_is_read_or_written() {
    let (database, tables) = seeded().await;
    let app = pool(&database.app_url()).await;
    let mut connection = app.acquire().await.unwrap();
    for table in tables.iter().filter(|table| table.is_content()) {
        let name = &table.name;
        assert_eq!(
            count(&mut connection, format!("SELECT count(*) FROM {name}")).await,
            0,
            "{name} is readable"
        );
        if table.app_may_update() {
            let sql = format!("UPDATE {name} SET tenant_id = tenant_id");
            assert_eq!(affected(&mut connection, sql).await, 0, "{name} is writable");
            let sql = format!("DELETE FROM {name}");
            assert_eq!(affected(&mut connection, sql).await, 0, "{name} is erasable");
        }
        let insert = sqlx::query(AssertSqlSafe(table.insert(OURS, 9))).execute(&mut *connection).await;
        assert_refused_by_policy(insert, name);
    }
}

#[tokio::test]
async fn with_one_tenant_set_nothing_of_another_is_read_changed_or_inserted() {
    let (database, tables) = seeded().await;
    let app = pool(&database.app_url()).await;
    for table in tables.iter().filter(|table| table.is_content()) {
        let name = &table.name;
        let mut tx = app.begin().await.unwrap();
        set_tenant(&mut tx, OURS).await;
        let own = count(&mut tx, format!("SELECT count(*) FROM {name} WHERE tenant_id = {OURS}")).await;
        assert_eq!(own, 1, "{name}: our own row");
        let foreign = count(&mut tx, format!("SELECT count(*) FROM {name} WHERE tenant_id <> {OURS}")).await;
        assert_eq!(foreign, 0, "{name} shows rows of others (or of the commons, unrelated)");
        if table.app_may_update() {
            let sql = format!("UPDATE {name} SET tenant_id = tenant_id WHERE tenant_id <> {OURS}");
            assert_eq!(affected(&mut tx, sql).await, 0, "{name}: their row was changed");
            let sql = format!("DELETE FROM {name} WHERE tenant_id <> {OURS}");
            assert_eq!(affected(&mut tx, sql).await, 0, "{name}: their row was deleted");
        }
        tx.rollback().await.unwrap();

        for stranger in [THEIRS, 0] {
            let mut tx = app.begin().await.unwrap();
            set_tenant(&mut tx, OURS).await;
            let insert = sqlx::query(AssertSqlSafe(table.insert(stranger, 9))).execute(&mut *tx).await;
            assert_refused_by_policy(insert, name);
            tx.rollback().await.unwrap();
        }

        if table.app_may_update() {
            let mut tx = app.begin().await.unwrap();
            set_tenant(&mut tx, OURS).await;
            let sql = format!("UPDATE {name} SET tenant_id = {THEIRS}");
            let gift = sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await;
            assert!(gift.is_err(), "{name}: a row was given to another tenant");
        }
    }
}

#[tokio::test]
async fn a_commons_row_shows_only_to_a_tenant_that_has_a_relation_with_it() {
    let (database, _) = seeded().await;
    let app = pool(&database.app_url()).await;
    let mut tx = app.begin().await.unwrap();
    set_tenant(&mut tx, OURS).await;
    let shown = "SELECT count(*) FROM actor WHERE tenant_id = 0".to_owned();
    assert_eq!(count(&mut tx, shown.clone()).await, 0);
    let relate =
        format!("INSERT INTO commons_relation (tenant_id, ref_id) VALUES ({OURS}, {})", seed::id_of(0));
    affected(&mut tx, relate).await;
    assert_eq!(count(&mut tx, shown.clone()).await, 1);
    assert_eq!(affected(&mut tx, "UPDATE actor SET note = 'x' WHERE tenant_id = 0".into()).await, 0);
    tx.commit().await.unwrap();

    let mut tx = app.begin().await.unwrap();
    set_tenant(&mut tx, THEIRS).await;
    assert_eq!(count(&mut tx, shown).await, 0, "a neighbour's relation shows it to us");
}

#[tokio::test]
async fn the_machinery_and_admin_roles_cannot_read_content() {
    let (database, tables) = seeded().await;
    for (url, governs) in [(database.worker_url(), false), (database.admin_url(), true)] {
        let pool = pool(&url).await;
        for table in tables.iter().filter(|table| table.is_content()) {
            // How a namespace is governed is the lead agency's to see; what is said in it is not.
            if governs && table.name == "public.audit_event" {
                let sql = "SELECT count(*) FROM audit_event WHERE NOT governs".to_owned();
                assert_eq!(count(&mut pool.acquire().await.unwrap(), sql).await, 0);
                continue;
            }
            let sql = format!("SELECT count(*) FROM {}", table.name);
            let error = sqlx::query(AssertSqlSafe(sql)).fetch_one(&pool).await.unwrap_err();
            assert!(error.to_string().contains("permission denied"), "{}: {error}", table.name);
        }
    }
}

#[tokio::test]
async fn the_app_role_may_add_to_its_tenants_outbox_read_its_own_deliveries_and_nothing_else() {
    let (database, _) = seeded().await;
    let app = pool(&database.app_url()).await;
    for table in ["outbox", "parked_delivery", "dead_letter"] {
        let all = format!("SELECT count(*) FROM machinery.{table}");
        assert_eq!(
            count(&mut app.acquire().await.unwrap(), all.clone()).await,
            0,
            "{table} without a tenant"
        );
        let mut tx = app.begin().await.unwrap();
        set_tenant(&mut tx, OURS).await;
        assert_eq!(count(&mut tx, all.clone()).await, 1, "{table}: our own row and no other");
        assert_eq!(count(&mut tx, format!("{all} WHERE tenant_id <> {OURS}")).await, 0, "{table}");
        let update = format!("UPDATE machinery.{table} SET lane = lane");
        let denied = sqlx::query(AssertSqlSafe(update)).execute(&mut *tx).await.unwrap_err();
        assert!(denied.to_string().contains("permission denied"), "{denied}");
    }
    let mut tx = app.begin().await.unwrap();
    set_tenant(&mut tx, OURS).await;
    let insert = |tenant: i64| {
        format!("INSERT INTO machinery.outbox (tenant_id, activity_id, lane) VALUES ({tenant}, 77, 'normal')")
    };
    assert_eq!(affected(&mut tx, insert(OURS)).await, 1);
    let foreign = sqlx::query(AssertSqlSafe(insert(THEIRS))).execute(&mut *tx).await;
    assert_refused_by_policy(foreign, "machinery.outbox");
}

#[tokio::test]
async fn an_audit_event_can_be_neither_changed_nor_deleted() {
    let (database, _) = seeded().await;
    let app = pool(&database.app_url()).await;
    for sql in ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"] {
        let error = sqlx::query(sql).execute(&app).await.unwrap_err();
        assert!(error.to_string().contains("permission denied"), "{sql}: {error}");
    }
    for sql in ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"] {
        let owner = pool(&database.owner_url()).await;
        let error = sqlx::query(sql).execute(&owner).await.unwrap_err();
        assert!(error.to_string().contains("append-only"), "{sql}: {error}");
    }
}

#[tokio::test]
async fn a_tenant_never_outlives_its_transaction_in_a_pooled_connection() {
    let (database, _) = seeded().await;
    let app = pool(&database.app_url()).await;
    for commit in [true, false] {
        let mut tx = app.begin().await.unwrap();
        set_tenant(&mut tx, OURS).await;
        assert_eq!(count(&mut tx, "SELECT count(*) FROM staff".into()).await, 1);
        if commit {
            tx.commit().await.unwrap();
        } else {
            tx.rollback().await.unwrap();
        }
        let mut same_connection = app.acquire().await.unwrap();
        assert_eq!(count(&mut same_connection, "SELECT count(*) FROM staff".into()).await, 0);
    }
}

#[tokio::test]
async fn a_tenant_transaction_says_whose_it_is() {
    let (database, _) = seeded().await;
    let app = AppDb::connect(&database.app_url(), PoolOptions::default()).await.unwrap();
    let tx = app.tenant(TenantScope::of(TenantId(THEIRS)).unwrap()).await.unwrap();
    assert_eq!(tx.tenant(), TenantId(THEIRS));
}

#[track_caller]
fn assert_refused_by_policy<T>(result: Result<T, sqlx::Error>, table: &str) {
    let Err(error) = result else { panic!("{table}: a foreign row was inserted") };
    assert!(error.to_string().contains("row-level security"), "{table}: refused for another reason: {error}");
}

#[tokio::test]
async fn the_admin_role_reads_of_the_machinery_numbers_and_times_alone() {
    let (database, _) = seeded().await;
    let admin = pool(&database.admin_url()).await;
    let granted = sqlx::query(
        "SELECT table_name::text || '.' || column_name::text FROM information_schema.column_privileges
         WHERE grantee = 'belfry_admin' AND table_schema = 'machinery' AND privilege_type = 'SELECT'
           AND table_name IN ('outbox', 'parked_delivery', 'host_state')",
    )
    .fetch_all(&admin)
    .await
    .unwrap();
    let granted: Vec<String> = granted.iter().map(|row| row.get(0)).collect();
    assert!(granted.len() > 10, "{granted:?}");
    for column in ["inbox", "reason", "activity_id", "cursor", "payload"] {
        assert!(!granted.iter().any(|name| name.ends_with(column)), "{column}: {granted:?}");
    }
    for sql in [
        "SELECT inbox FROM machinery.parked_delivery",
        "SELECT payload FROM machinery.job",
        "SELECT reason FROM machinery.host_state",
        "SELECT activity_id FROM machinery.outbox",
        "DELETE FROM machinery.outbox",
        "UPDATE machinery.host_state SET state = 'gone'",
    ] {
        let error = sqlx::query(sql).execute(&admin).await.unwrap_err();
        assert!(error.to_string().contains("permission denied"), "{sql}: {error}");
    }
}
