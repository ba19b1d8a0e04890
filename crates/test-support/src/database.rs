//! A database per test, copied from a template in some 35 ms, dropped with the test.
//!
//! `cargo xtask test` starts a private PostgreSQL and names it in `BELFRY_TEST_POSTGRES` (a
//! superuser's address, without a database). The tests' own connections are the platform's
//! roles: a superuser would see through row-level security.

use belfry_migrations::{Migrator, ROLES_SQL};
use belfry_model::Secret;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use sea_orm_migration::MigratorTrait;
use tokio::sync::OnceCell;

const SERVER: &str = "BELFRY_TEST_POSTGRES";
/// Any number: it only has to be the same in every test process.
const TEMPLATE_LOCK: i64 = 5_224_017_741;

static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// An empty, migrated database. Its addresses are valid for as long as this value lives.
#[derive(Debug)]
pub struct TestDatabase {
    server: String,
    name: String,
}

impl TestDatabase {
    /// # Panics
    /// Without a server to test on: run the tests through `cargo xtask test`.
    pub async fn new() -> Self {
        let server = crate::service(SERVER);
        let template = TEMPLATE.get_or_init(|| make_template(server.clone())).await;
        Self::copied(server, template).await
    }

    /// On a server of the test's own, which it may stop and kill.
    pub async fn on(server: &str) -> Self {
        let template = make_template(server.to_owned()).await;
        Self::copied(server.to_owned(), &template).await
    }

    async fn copied(server: String, template: &str) -> Self {
        let name = format!("belfry_test_{:016x}", rand::random::<u64>());
        let admin = connect(&server, "postgres", "postgres").await;
        run(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template} OWNER belfry_owner")).await;
        admin.close().await.expect("closing");
        Self { server, name }
    }

    pub fn app_url(&self) -> Secret {
        self.url("belfry_app")
    }

    pub fn worker_url(&self) -> Secret {
        self.url("belfry_worker")
    }

    pub fn admin_url(&self) -> Secret {
        self.url("belfry_admin")
    }

    pub fn owner_url(&self) -> Secret {
        self.url("belfry_owner")
    }

    /// For looking at everything from outside, as no part of the platform can.
    pub fn superuser_url(&self) -> Secret {
        self.url("postgres")
    }

    /// Changes what only somebody with every right could change, to see who notices.
    ///
    /// # Panics
    /// If the statement fails.
    pub async fn run_as_superuser(&self, sql: &str) {
        let superuser = connect(&self.server, "postgres", &self.name).await;
        run(&superuser, sql).await;
        superuser.close().await.expect("closing");
    }

    fn url(&self, role: &str) -> Secret {
        Secret::new(address(&self.server, role, &self.name))
    }
}

impl Drop for TestDatabase {
    /// Best effort: the server itself goes away after the run.
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            if let Ok(runtime) = runtime {
                runtime.block_on(async {
                    let admin = connect(&server, "postgres", "postgres").await;
                    run(&admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
                });
            }
        });
        drop(dropping.join());
    }
}

/// The template is named after the migrations, so that a changed schema makes a new one.
async fn make_template(server: String) -> String {
    let admin = connect(&server, "postgres", "postgres").await;
    let name = format!("belfry_template_{:016x}", schema_hash());
    // One connection: the lock is the session's.
    run(&admin, &format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})")).await;
    let exists = admin
        .query_one_raw(sea_orm::Statement::from_string(
            sea_orm::DbBackend::Postgres,
            format!("SELECT 1 FROM pg_database WHERE datname = '{name}'"),
        ))
        .await
        .expect("looking for the template")
        .is_some();
    if !exists {
        run(&admin, ROLES_SQL).await;
        let draft = format!("{name}_draft");
        run(&admin, &format!("DROP DATABASE IF EXISTS {draft}")).await;
        run(&admin, &format!("CREATE DATABASE {draft} OWNER belfry_owner")).await;
        let owner = connect(&server, "belfry_owner", &draft).await;
        Migrator::up(&owner, None).await.expect("migrating the template");
        owner.close().await.expect("closing");
        // Renamed when complete: a crash leaves a draft, never half a template.
        run(&admin, &format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    run(&admin, &format!("SELECT pg_advisory_unlock({TEMPLATE_LOCK})")).await;
    admin.close().await.expect("closing");
    name
}

fn schema_hash() -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    belfry_migrations::SQL_FILES.hash(&mut hasher);
    hasher.finish()
}

fn address(server: &str, role: &str, database: &str) -> String {
    let mut url = url::Url::parse(server).expect("BELFRY_TEST_POSTGRES is an address");
    url.set_username(role).expect("a role");
    url.set_path(database);
    url.into()
}

async fn connect(server: &str, role: &str, database: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(address(server, role, database));
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("the test server answers")
}

async fn run(connection: &DatabaseConnection, sql: &str) {
    connection.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}
