//! The only doors to rows: a transaction that has said whose rows it wants.
//!
//! Invariant: `app.tenant_id` is set locally, as the first statement; at commit or rollback
//! it is gone, so that a pooled connection never carries a tenant into the next request.

use belfry_model::{COMMONS, TenantId, TenantScope};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult,
    Statement, TransactionTrait,
};

use crate::Result;

/// A transaction over one tenant's rows (and the commons rows that it has a relation with).
#[derive(Debug)]
pub struct TenantTx {
    tx: DatabaseTransaction,
    scope: TenantScope,
}

/// A transaction that writes the commons: public remote data, stored once for all tenants.
#[derive(Debug)]
pub struct CommonsTx {
    tx: DatabaseTransaction,
}

impl TenantTx {
    pub(crate) async fn begin(pool: &DatabaseConnection, scope: TenantScope) -> Result<Self> {
        Ok(Self { tx: begin(pool, scope.tenant()).await?, scope })
    }

    pub fn scope(&self) -> TenantScope {
        self.scope
    }

    pub fn tenant(&self) -> TenantId {
        self.scope.tenant()
    }

    /// Dropping the transaction instead rolls it back.
    pub async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}

impl CommonsTx {
    pub(crate) async fn begin(pool: &DatabaseConnection) -> Result<Self> {
        Ok(Self { tx: begin(pool, COMMONS).await? })
    }

    /// Dropping the transaction instead rolls it back.
    pub async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}

async fn begin(pool: &DatabaseConnection, tenant: TenantId) -> Result<DatabaseTransaction> {
    let tx = pool.begin().await?;
    tx.execute_raw(Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT set_config('app.tenant_id', $1, true)",
        [tenant.to_string().into()],
    ))
    .await?;
    Ok(tx)
}

/// Implemented by both doors, so that a reader can be written once for both.
pub(crate) trait Door: ConnectionTrait {
    fn owner(&self) -> TenantId;
}

impl Door for TenantTx {
    fn owner(&self) -> TenantId {
        self.tenant()
    }
}

impl Door for CommonsTx {
    fn owner(&self) -> TenantId {
        COMMONS
    }
}

macro_rules! delegate_connection {
    ($($name:ident),*) => {$(
        #[async_trait::async_trait]
        impl ConnectionTrait for $name {
            fn get_database_backend(&self) -> DbBackend {
                self.tx.get_database_backend()
            }
            async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
                self.tx.execute_raw(statement).await
            }
            async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
                self.tx.execute_unprepared(sql).await
            }
            async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
                self.tx.query_one_raw(statement).await
            }
            async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
                self.tx.query_all_raw(statement).await
            }
        }
    )*};
}
delegate_connection!(TenantTx, CommonsTx);
