//! What `belfry doctor` and every start ask the database about itself.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, FromQueryResult, Statement};

use crate::{AdminDb, AppDb, OwnerDb, Result, WorkerDb};

/// The role behind a connection, as far as it matters for the line between tenants.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct RoleReport {
    pub name: String,
    /// Superusers ignore row-level security, forced or not.
    pub superuser: bool,
    pub bypasses_rls: bool,
    /// Tables of the platform that the role owns: an owner could drop their policies.
    pub owned_tables: i64,
}

const ROLE: &str = "
    SELECT r.rolname::text AS name, r.rolsuper AS superuser, r.rolbypassrls AS bypasses_rls,
           (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relowner = r.oid AND c.relkind = 'r'
              AND n.nspname IN ('public', 'registry', 'machinery')) AS owned_tables
    FROM pg_roles r WHERE r.rolname = current_user";

const UNFORCED: &str = "
    SELECT n.nspname || '.' || c.relname AS name
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'registry', 'machinery')
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity
               AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
    ORDER BY 1";

macro_rules! inspect {
    ($($pool:ident),*) => {$(
        impl $pool {
            /// Who we are to the database.
            pub async fn role_inspect(&self) -> Result<Option<RoleReport>> {
                let statement = Statement::from_string(DbBackend::Postgres, ROLE);
                Ok(RoleReport::find_by_statement(statement).one(self.pool()).await?)
            }

            /// The migrations that have been applied, in order. Empty before the first.
            pub async fn migrations_applied(&self) -> Result<Vec<String>> {
                migrations_applied(self.pool()).await
            }
        }
    )*};
}
inspect!(AppDb, WorkerDb, AdminDb, OwnerDb);

impl AppDb {
    /// Tables with a `tenant_id` on which row-level security isn't forced: there must be none.
    pub async fn tables_without_policy(&self) -> Result<Vec<String>> {
        names(self.pool(), UNFORCED).await
    }

    /// The server's version, such as `15.18`.
    pub async fn server_version(&self) -> Result<String> {
        Ok(names(self.pool(), "SELECT current_setting('server_version') AS name")
            .await?
            .pop()
            .unwrap_or_default())
    }

    /// How far the database's clock is ahead of the time that was read just before, in seconds.
    pub async fn clock_ahead_seconds(&self, now: chrono::DateTime<chrono::Utc>) -> Result<i64> {
        let row = self
            .pool()
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT extract(epoch FROM clock_timestamp() - $1)::bigint AS seconds",
                [now.into()],
            ))
            .await?;
        Ok(row.map(|row| row.try_get("", "seconds")).transpose()?.unwrap_or_default())
    }
}

async fn migrations_applied(pool: &DatabaseConnection) -> Result<Vec<String>> {
    let exists = "SELECT 'yes' AS name WHERE to_regclass('public.seaql_migrations') IS NOT NULL";
    if names(pool, exists).await?.is_empty() {
        return Ok(Vec::new());
    }
    names(pool, "SELECT version AS name FROM seaql_migrations ORDER BY version").await
}

async fn names(pool: &DatabaseConnection, sql: &'static str) -> Result<Vec<String>> {
    let rows = pool.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    Ok(rows.iter().map(|row| row.try_get("", "name")).collect::<Result<_, _>>()?)
}
