//! Looking through what people did: the platform's governance and the agencies' own acts as one
//! list, the newest first.
//!
//! Invariant: as `belfry_admin` the policies show the acts that govern and nothing of what is
//! said; as `belfry_app` a tenant's own acts and what was done about it.

use belfry_model::TenantId;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use crate::{AdminDb, Result, TenantTx};

/// Which acts: everything that is set must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Acts of this tenant, and of governance about it.
    pub tenant: Option<TenantId>,
    /// Beginning of the action: `tenant.` for all about namespaces.
    pub action: String,
    /// Part of who, through what or why, whatever the case.
    pub text: String,
    /// "staff", "client", "command", "platform" or "lead"; empty for any.
    pub origin: String,
    pub since: Option<DateTime<Utc>>,
    /// Exclusive.
    pub until: Option<DateTime<Utc>>,
    /// Older than this act, for the next page.
    pub before: Option<i64>,
}

/// One act, of whichever chain.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Act {
    /// The tenant in whose record it stands; 0 for the platform's.
    pub chain: i64,
    pub about: Option<i64>,
    pub id: i64,
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub origin: String,
    pub who: String,
    pub client: String,
    pub address: String,
    pub action: String,
    pub reason: String,
    pub detail: serde_json::Value,
}

/// Written once for both roles: `governs` is what the policy asks of the admin's role, said again
/// so that its index can be used.
macro_rules! search {
    ($governs:literal) => {
        concat!(
            "
    SELECT * FROM (
        (SELECT 0::bigint AS chain, about_tenant AS about, id, seq, at, origin, who, client, address, action,
            reason, detail
         FROM registry.governance_audit
         WHERE ($1::bigint IS NULL OR about_tenant = $1)
            AND starts_with(action, $2)
            AND ($3 = '' OR strpos(lower(concat_ws(' ', who, client, reason)), $3) > 0)
            AND ($4 = '' OR origin = $4) AND ($5::timestamptz IS NULL OR at >= $5)
            AND ($6::timestamptz IS NULL OR at < $6) AND ($7::bigint IS NULL OR id < $7)
         ORDER BY id DESC LIMIT $8)
        UNION ALL
        (SELECT tenant_id, tenant_id, id, seq, at, origin, who, client, address, action, reason, detail
         FROM audit_event
         WHERE ($1::bigint IS NULL OR tenant_id = $1) AND ",
            $governs,
            "
            AND starts_with(action, $2)
            AND ($3 = '' OR strpos(lower(concat_ws(' ', who, client, reason)), $3) > 0)
            AND ($4 = '' OR origin = $4) AND ($5::timestamptz IS NULL OR at >= $5)
            AND ($6::timestamptz IS NULL OR at < $6) AND ($7::bigint IS NULL OR id < $7)
         ORDER BY id DESC LIMIT $8)
    ) acts ORDER BY id DESC LIMIT $8"
        )
    };
}

const GOVERNING: &str = search!("governs");
const ALL: &str = search!("true");

impl AdminDb {
    /// Acts of governance, of the platform and of the agencies.
    pub async fn audit_search(&self, filter: &AuditFilter, limit: u32) -> Result<Vec<Act>> {
        search(self.pool(), GOVERNING, filter, filter.tenant, limit).await
    }
}

impl TenantTx {
    /// This tenant's acts, and those of governance about it.
    pub async fn audit_search(&self, filter: &AuditFilter, limit: u32) -> Result<Vec<Act>> {
        search(self, ALL, filter, Some(self.tenant()), limit).await
    }
}

async fn search(
    db: &impl ConnectionTrait,
    sql: &'static str,
    filter: &AuditFilter,
    tenant: Option<TenantId>,
    limit: u32,
) -> Result<Vec<Act>> {
    let values = [
        tenant.map(|id| id.0).into(),
        filter.action.as_str().into(),
        filter.text.to_lowercase().into(),
        filter.origin.as_str().into(),
        filter.since.into(),
        filter.until.into(),
        filter.before.into(),
        i64::from(limit).into(),
    ];
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    Ok(Act::find_by_statement(statement).all(db).await?)
}
