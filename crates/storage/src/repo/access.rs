//! Who may post as which account.

use belfry_model::{ActorId, StaffId};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, Statement};

use crate::entity::account_access;
use crate::{Result, TenantTx};

impl TenantTx {
    /// Access that is there already stays as it is.
    pub async fn access_grant(&self, staff: StaffId, actors: &[ActorId]) -> Result<()> {
        let actors: Vec<i64> = actors.iter().map(|actor| actor.0).collect();
        self.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "INSERT INTO account_access (tenant_id, staff_id, actor_id)
             SELECT $1, $2, unnest($3::bigint[]) ON CONFLICT DO NOTHING",
            [self.tenant().0.into(), staff.0.into(), actors.into()],
        ))
        .await?;
        Ok(())
    }

    pub async fn access_revoke(&self, staff: StaffId, actor: ActorId) -> Result<()> {
        account_access::Entity::delete_by_id((self.tenant().0, staff.0, actor.0)).exec(self).await?;
        Ok(())
    }

    pub async fn access_exists(&self, staff: StaffId, actor: ActorId) -> Result<bool> {
        let row = account_access::Entity::find_by_id((self.tenant().0, staff.0, actor.0)).one(self).await?;
        Ok(row.is_some())
    }

    /// The accounts that somebody may post as, in the order in which access was given.
    pub async fn access_list(&self, staff: StaffId) -> Result<Vec<ActorId>> {
        let rows = account_access::Entity::find()
            .filter(account_access::Column::TenantId.eq(self.tenant().0))
            .filter(account_access::Column::StaffId.eq(staff.0))
            .order_by_asc(account_access::Column::CreatedAt)
            .order_by_asc(account_access::Column::ActorId)
            .all(self)
            .await?;
        Ok(rows.into_iter().map(|row| ActorId(row.actor_id)).collect())
    }
}
