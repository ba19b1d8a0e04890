//! How much there is at a tenant: what an instance tells about itself.

use chrono::{DateTime, Utc};
use sea_orm::{DbBackend, FromQueryResult, Statement};

use crate::{Result, TenantTx};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct TenantCounts {
    /// Local accounts, the instance's own actor apart.
    pub accounts: i64,
    /// Those that posted since the time asked about.
    pub active: i64,
    /// Local posts, boosts apart.
    pub statuses: i64,
    /// Other hosts that something is known of here.
    pub domains: i64,
}

impl TenantTx {
    pub async fn tenant_counts(&self, active_since: DateTime<Utc>) -> Result<TenantCounts> {
        const COUNTS: &str = "
            SELECT
                (SELECT count(*) FROM actor
                  WHERE tenant_id = $1 AND kind <> 'instance' AND deleted_at IS NULL) AS accounts,
                (SELECT count(*) FROM actor
                  WHERE tenant_id = $1 AND kind <> 'instance' AND deleted_at IS NULL
                    AND last_status_at >= $2) AS active,
                (SELECT count(*) FROM status
                  WHERE tenant_id = $1 AND local AND reblog_of_id IS NULL AND deleted_at IS NULL) AS statuses,
                (SELECT count(DISTINCT domain) FROM actor
                  WHERE tenant_id = 0 AND deleted_at IS NULL) AS domains";
        let values = [self.tenant().0.into(), active_since.into()];
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, COUNTS, values);
        Ok(TenantCounts::find_by_statement(statement).one(self).await?.unwrap_or_default())
    }
}
