//! Relations: through which commons rows a tenant may see. The policies of `actor`, `status`
//! and what hangs on them read this table, so relate before reading.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Result, TenantTx};

impl TenantTx {
    /// Lets this tenant see these commons rows (actors and statuses share one space of ids).
    /// Doing it twice is the same as once.
    pub async fn commons_relate(&self, ids: &[i64]) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        self.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "INSERT INTO commons_relation (tenant_id, ref_id)
             SELECT $1, id FROM unnest($2::bigint[]) AS id
             ON CONFLICT DO NOTHING",
            [self.tenant().0.into(), ids.to_vec().into()],
        ))
        .await?;
        Ok(())
    }
}
