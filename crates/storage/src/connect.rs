//! The four ways into the database, one pool and one role each.

use std::time::Duration;

use belfry_model::{Secret, TenantScope};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};

use crate::{CommonsTx, Error, Result, TenantTx};

/// Limits of one pool; from the `database` settings.
#[derive(Debug, Clone, Copy)]
pub struct PoolOptions {
    pub max_connections: u32,
    pub acquire_timeout: Duration,
}

impl Default for PoolOptions {
    fn default() -> Self {
        Self { max_connections: 16, acquire_timeout: Duration::from_secs(5) }
    }
}

macro_rules! pools {
    ($($(#[$doc:meta])* $name:ident, $role:literal, $setting:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(DatabaseConnection);

        impl $name {
            /// Connects, and fails at once with the setting's name if the database is away.
            pub async fn connect(url: &Secret, options: PoolOptions) -> Result<Self> {
                connect(url, options)
                    .await
                    .map(Self)
                    .map_err(|source| Error::Unreachable { role: $role, setting: $setting, source })
            }

            /// Answers when the database does.
            pub async fn ping(&self) -> Result<()> {
                Ok(self.0.ping().await?)
            }

            /// Private to storage on purpose: see the crate's invariant.

            pub(crate) fn pool(&self) -> &DatabaseConnection {
                &self.0
            }
        }
    )*};
}

pools! {
    /// `belfry_app`: everything that touches tenant rows, in whatever process.
    AppDb, "belfry_app", "database.url";
    /// `belfry_worker`: the machinery, across tenants; no content.
    WorkerDb, "belfry_worker", "database.worker_url";
    /// `belfry_admin`: the registry of tenants and governance; no content.
    AdminDb, "belfry_admin", "database.admin_url";
    /// `belfry_owner`: migrations and nothing else.
    OwnerDb, "belfry_owner", "database.owner_url";
}

impl OwnerDb {
    /// The connection for `belfry migrate`, the one command that runs as the owner.
    pub fn into_migration_connection(self) -> DatabaseConnection {
        self.0
    }
}

impl AppDb {
    /// Opens a transaction that sees and writes this tenant's rows and no other's.
    pub async fn tenant(&self, scope: TenantScope) -> Result<TenantTx> {
        TenantTx::begin(&self.0, scope).await
    }

    /// Opens a transaction that writes the commons. Only the receive path may.
    pub async fn commons(&self) -> Result<CommonsTx> {
        CommonsTx::begin(&self.0).await
    }
}

async fn connect(url: &Secret, options: PoolOptions) -> Result<DatabaseConnection, sea_orm::DbErr> {
    let mut connect = ConnectOptions::new(url.expose());
    connect
        .max_connections(options.max_connections)
        .acquire_timeout(options.acquire_timeout)
        .connect_timeout(options.acquire_timeout)
        // Statements carry people's words: they never reach a log.
        .sqlx_logging(false);
    Database::connect(connect).await
}
