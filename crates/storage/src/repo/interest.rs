//! Interest: which tenants follow which remote actor. Holding: which keep something of it
//! among their own rows. A tenant states its own; only the worker reads them across tenants,
//! to know for whom what arrives is to be applied.

use belfry_model::{ActorId, TenantId};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement};

use crate::entity::{holding, interest};
use crate::{Result, TenantTx, WorkerDb};

impl TenantTx {
    /// This tenant follows the commons actor from now on.
    pub async fn interest_insert(&self, actor: ActorId) -> Result<()> {
        self.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "INSERT INTO machinery.interest (actor_id, tenant_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            [actor.0.into(), self.tenant().0.into()],
        ))
        .await?;
        Ok(())
    }

    /// Takes the interest back, unless somebody else of this tenant still follows the actor.
    /// Call it after the follow is gone, in the same transaction.
    pub async fn interest_delete(&self, actor: ActorId) -> Result<()> {
        self.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "DELETE FROM machinery.interest WHERE actor_id = $1 AND tenant_id = $2
             AND NOT EXISTS (SELECT FROM follow f
                 WHERE f.tenant_id = $2 AND f.followee_tenant = 0 AND f.followee_id = $1)",
            [actor.0.into(), self.tenant().0.into()],
        ))
        .await?;
        Ok(())
    }

    /// This tenant keeps something of the commons actor from now on.
    pub async fn holding_insert(&self, actor: ActorId) -> Result<()> {
        self.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "INSERT INTO machinery.holding (actor_id, tenant_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            [actor.0.into(), self.tenant().0.into()],
        ))
        .await?;
        Ok(())
    }
}

impl WorkerDb {
    /// The tenants in which somebody follows this commons actor, in order of their ids.
    pub async fn interest_tenants(&self, actor: ActorId) -> Result<Vec<TenantId>> {
        let rows =
            interest::Entity::find().filter(interest::Column::ActorId.eq(actor.0)).all(self.pool()).await?;
        let mut tenants: Vec<_> = rows.into_iter().map(|row| TenantId(row.tenant_id)).collect();
        tenants.sort_unstable();
        Ok(tenants)
    }

    /// The tenants that keep something of this commons actor, in order of their ids.
    pub async fn holding_tenants(&self, actor: ActorId) -> Result<Vec<TenantId>> {
        let rows =
            holding::Entity::find().filter(holding::Column::ActorId.eq(actor.0)).all(self.pool()).await?;
        let mut tenants: Vec<_> = rows.into_iter().map(|row| TenantId(row.tenant_id)).collect();
        tenants.sort_unstable();
        Ok(tenants)
    }
}
