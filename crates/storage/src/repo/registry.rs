//! The registry of tenants: read by every process, written by the lead agency's role.

use belfry_model::{Tenant, TenantId};
use sea_orm::EntityTrait;

use crate::entity::tenant;
use crate::{AppDb, Error, Result};

impl AppDb {
    /// Every tenant that is not deleted, for the process's own table of hosts.
    pub async fn tenant_list(&self) -> Result<Vec<Tenant>> {
        let rows = tenant::Entity::find().all(self.pool()).await?;
        rows.into_iter().filter(|row| row.state != "deleted").map(tenant_from).collect()
    }
}

fn tenant_from(row: tenant::Model) -> Result<Tenant> {
    let corrupt = |reason: String| Error::Corrupt { table: "registry.tenant", reason };
    Ok(Tenant {
        id: TenantId(row.id),
        slug: row.slug.parse().map_err(|e| corrupt(format!("{e}")))?,
        host: row.host.parse().map_err(|e| corrupt(format!("{e}")))?,
        name: row.name,
        phase: row.phase.parse().map_err(|e| corrupt(format!("{e}")))?,
        state: row.state.parse().map_err(|e| corrupt(format!("{e}")))?,
        is_lead: row.is_lead,
        language: row.language,
    })
}
