//! What a tenant has set for itself.

use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};

use crate::entity::tenant_setting;
use crate::{Result, TenantTx};

impl TenantTx {
    /// The first of a tenant's rows. `false` if it was there: then the tenant's other first
    /// rows are too, because they were written with it. Two that provision the same tenant
    /// meet here: the second waits for the first.
    pub async fn tenant_setting_claim(&self, contact_email: &str) -> Result<bool> {
        let inserted = self
            .execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "INSERT INTO tenant_setting (tenant_id, contact_email) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                [self.tenant().0.into(), contact_email.into()],
            ))
            .await?;
        Ok(inserted.rows_affected() == 1)
    }

    pub async fn tenant_setting_fetch(&self) -> Result<Option<tenant_setting::Model>> {
        Ok(tenant_setting::Entity::find_by_id(self.tenant().0).one(self).await?)
    }
}
