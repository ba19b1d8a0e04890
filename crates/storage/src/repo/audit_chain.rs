//! The links of a chain of acts as they stand, for whoever wants to check them.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use crate::{AdminDb, Result, TenantTx};

/// One link: `hash` is the SHA-256 of `prev_hash` and then `payload` in UTF-8, where the rows are
/// what they were.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ChainLink {
    /// From 1, without a gap.
    pub seq: i64,
    /// Everything that the row says, as one JSON array, made from the row as it stands.
    pub payload: String,
    /// Empty at the first.
    pub prev_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

const OF_TENANT: &str = "
    SELECT seq, audit_payload(e) AS payload, prev_hash, hash FROM audit_event e
    WHERE tenant_id = $3 AND seq > $1 ORDER BY seq LIMIT $2";
const OF_PLATFORM: &str = "
    SELECT seq, registry.audit_payload(g) AS payload, prev_hash, hash FROM registry.governance_audit g
    WHERE seq > $1 AND $3 = 0 ORDER BY seq LIMIT $2";

impl TenantTx {
    /// The links after `seq`, in order.
    pub async fn audit_chain(&self, after: i64, limit: u32) -> Result<Vec<ChainLink>> {
        links(self, OF_TENANT, after, limit, self.tenant().0).await
    }
}

impl AdminDb {
    /// The links of the platform's own chain after `seq`, in order.
    pub async fn audit_chain(&self, after: i64, limit: u32) -> Result<Vec<ChainLink>> {
        links(self.pool(), OF_PLATFORM, after, limit, 0).await
    }
}

async fn links(
    db: &impl ConnectionTrait,
    sql: &'static str,
    after: i64,
    limit: u32,
    chain: i64,
) -> Result<Vec<ChainLink>> {
    let values = [after.into(), i64::from(limit).into(), chain.into()];
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    Ok(ChainLink::find_by_statement(statement).all(db).await?)
}
