//! With whom the platform and its agencies speak: read whole by every process, written by the lead
//! agency's role.
//!
//! Invariant: each change is recorded as an act of governance in the transaction that makes it.

use belfry_model::{Host, Severity, TenantId};
use sea_orm::{ConnectionTrait, QueryResult, TransactionTrait};
use serde_json::json;

use super::registry::govern;
use super::statement;
use crate::{Actor, AdminDb, AppDb, Error, Result};

/// What holds for one server and all below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainRule {
    pub domain: String,
    pub severity: Severity,
    pub reject_media: bool,
    pub reject_reports: bool,
    pub public_comment: String,
}

/// All that is held in memory.
#[derive(Debug, Clone, Default)]
pub struct PolicyRows {
    /// A tenant and a server that it may speak with while it is a pilot.
    pub peers: Vec<(TenantId, String)>,
    pub domains: Vec<DomainRule>,
    /// Patterns of handles that nobody is given.
    pub reserved: Vec<String>,
}

impl AppDb {
    /// Grows with every change of what [`Self::policy_load`] answers.
    pub async fn policy_version(&self) -> Result<i64> {
        let row =
            self.pool().query_one_raw(statement("SELECT version FROM registry.policy_version", [])).await?;
        Ok(row.map_or(Ok(0), |row| row.try_get_by_index(0))?)
    }

    pub async fn policy_load(&self) -> Result<PolicyRows> {
        let peers = statement("SELECT tenant_id, host FROM registry.tenant_peer", []);
        let peers = self.pool().query_all_raw(peers).await?;
        let peer = |row: &QueryResult| -> Result<(TenantId, String)> {
            Ok((TenantId(row.try_get_by_index(0)?), row.try_get_by_index(1)?))
        };
        let domains = statement(
            "SELECT domain, severity, reject_media, reject_reports, public_comment FROM registry.domain_rule",
            [],
        );
        let domains = self.pool().query_all_raw(domains).await?;
        let reserved = statement("SELECT pattern FROM registry.reserved_handle", []);
        let reserved = self.pool().query_all_raw(reserved).await?;
        Ok(PolicyRows {
            peers: peers.iter().map(peer).collect::<Result<_>>()?,
            domains: domains.iter().map(rule).collect::<Result<_>>()?,
            reserved: reserved.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?,
        })
    }
}

fn rule(row: &QueryResult) -> Result<DomainRule> {
    let severity: String = row.try_get_by_index(1)?;
    let corrupt = |error| Error::Corrupt { table: "registry.domain_rule", reason: format!("{error}") };
    Ok(DomainRule {
        domain: row.try_get_by_index(0)?,
        severity: severity.parse().map_err(corrupt)?,
        reject_media: row.try_get_by_index(2)?,
        reject_reports: row.try_get_by_index(3)?,
        public_comment: row.try_get_by_index(4)?,
    })
}

impl AdminDb {
    /// The servers that a pilot may speak with, by name.
    pub async fn peer_list(&self, tenant: TenantId) -> Result<Vec<String>> {
        let list = "SELECT host FROM registry.tenant_peer WHERE tenant_id = $1 ORDER BY host";
        let rows = self.pool().query_all_raw(statement(list, [tenant.0.into()])).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// Lists a server for a tenant, of which it may have no more than `most`. `false` if it stood
    /// there already; `None` if the list is full.
    pub async fn peer_add(
        &self,
        tenant: TenantId,
        host: &Host,
        most: u32,
        by: Actor<'_>,
    ) -> Result<Option<bool>> {
        let tx = self.pool().begin().await?;
        // One at a time for each tenant, so that the bound holds.
        let lock = "SELECT 1 FROM registry.tenant WHERE id = $1 FOR UPDATE";
        tx.execute_raw(statement(lock, [tenant.0.into()])).await?;
        let known = "SELECT count(*) FILTER (WHERE host = $2), count(*) FROM registry.tenant_peer WHERE tenant_id = $1";
        let known = tx.query_one_raw(statement(known, [tenant.0.into(), host.as_str().into()])).await?;
        let (same, all): (i64, i64) = match known {
            Some(row) => (row.try_get_by_index(0)?, row.try_get_by_index(1)?),
            None => (0, 0),
        };
        if same > 0 {
            return Ok(Some(false));
        }
        if all >= i64::from(most) {
            return Ok(None);
        }
        let insert = "INSERT INTO registry.tenant_peer (tenant_id, host) VALUES ($1, $2)";
        tx.execute_raw(statement(insert, [tenant.0.into(), host.as_str().into()])).await?;
        govern(&tx, by, "tenant.peer_add", Some(tenant.0), json!({ "host": host })).await?;
        tx.commit().await?;
        Ok(Some(true))
    }

    /// `false` if it did not stand there.
    pub async fn peer_remove(&self, tenant: TenantId, host: &Host, by: Actor<'_>) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let delete = "DELETE FROM registry.tenant_peer WHERE tenant_id = $1 AND host = $2";
        let done = tx.execute_raw(statement(delete, [tenant.0.into(), host.as_str().into()])).await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        govern(&tx, by, "tenant.peer_remove", Some(tenant.0), json!({ "host": host })).await?;
        tx.commit().await?;
        Ok(true)
    }
}
