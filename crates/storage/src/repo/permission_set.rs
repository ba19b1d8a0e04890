//! A tenant's own sets of permissions, and who has which.

use belfry_model::{Permissions, Role, StaffId};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::statement;
use crate::{Result, TenantTx};

#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct PermissionSet {
    pub id: i64,
    pub name: String,
    /// Words separated by spaces.
    pub permissions: String,
    /// How many people have it.
    pub people: i64,
}

const SELECT: &str = "
    SELECT s.id, s.name, s.permissions,
        (SELECT count(*) FROM staff p WHERE p.tenant_id = s.tenant_id AND p.set_id = s.id) AS people
    FROM permission_set s WHERE s.tenant_id = $1";

impl TenantTx {
    /// All, by name.
    pub async fn permission_set_list(&self) -> Result<Vec<PermissionSet>> {
        let sql = format!("{SELECT} ORDER BY lower(s.name)");
        let rows = self.query_all_raw(statement(&sql, [self.tenant().0.into()])).await?;
        Ok(rows.iter().map(|row| PermissionSet::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    pub async fn permission_set_fetch(&self, id: i64) -> Result<Option<PermissionSet>> {
        let sql = format!("{SELECT} AND s.id = $2");
        let row = self.query_one_raw(statement(&sql, [self.tenant().0.into(), id.into()])).await?;
        Ok(row.map(|row| PermissionSet::from_query_result(&row, "")).transpose()?)
    }

    /// Makes a set, or gives the one of this name other permissions, which the people who have it
    /// have at once. Its id.
    pub async fn permission_set_save(&self, name: &str, permissions: Permissions) -> Result<i64> {
        const SAVE: &str = "INSERT INTO permission_set (tenant_id, name, permissions) VALUES ($1, $2, $3)
            ON CONFLICT (tenant_id, lower(name)) DO UPDATE
                SET name = excluded.name, permissions = excluded.permissions
            RETURNING id";
        let values = [self.tenant().0.into(), name.into(), permissions.to_string().into()];
        let row =
            self.query_one_raw(statement(SAVE, values)).await?.ok_or(sea_orm::DbErr::RecordNotInserted)?;
        Ok(row.try_get_by_index(0)?)
    }

    /// `false` if there is none, or somebody has it.
    pub async fn permission_set_delete(&self, id: i64) -> Result<bool> {
        const DELETE: &str = "DELETE FROM permission_set s WHERE s.tenant_id = $1 AND s.id = $2
            AND NOT EXISTS (SELECT FROM staff p WHERE p.tenant_id = $1 AND p.set_id = s.id)";
        let deleted = self.execute_raw(statement(DELETE, [self.tenant().0.into(), id.into()])).await?;
        Ok(deleted.rows_affected() == 1)
    }

    /// Gives somebody a role, and with a set its permissions instead of the role's.
    pub async fn staff_role_set(&self, id: StaffId, role: Role, set: Option<&PermissionSet>) -> Result<bool> {
        const ROLE: &str =
            "UPDATE staff SET role = $3, set_id = $4, permissions = $5 WHERE tenant_id = $1 AND id = $2";
        let values = [
            self.tenant().0.into(),
            id.0.into(),
            role.as_str().into(),
            set.map(|set| set.id).into(),
            set.map(|set| set.permissions.clone()).into(),
        ];
        Ok(self.execute_raw(statement(ROLE, values)).await?.rows_affected() == 1)
    }

    /// The people who own the tenant and may sign in, held until the transaction ends: two owners
    /// who let each other go do so one after the other.
    pub async fn staff_owners_held(&self) -> Result<Vec<StaffId>> {
        const OWNERS: &str = "SELECT id FROM staff
            WHERE tenant_id = $1 AND role IN ('owner', 'lead') AND disabled_at IS NULL ORDER BY id FOR UPDATE";
        let rows = self.query_all_raw(statement(OWNERS, [self.tenant().0.into()])).await?;
        rows.iter().map(|row| Ok(StaffId(row.try_get_by_index(0)?))).collect()
    }

    /// Lets somebody in again who was shut out.
    pub async fn staff_enable(&self, id: StaffId) -> Result<bool> {
        const ENABLE: &str = "UPDATE staff SET disabled_at = NULL WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NOT NULL";
        let enabled = self.execute_raw(statement(ENABLE, [self.tenant().0.into(), id.0.into()])).await?;
        Ok(enabled.rows_affected() == 1)
    }
}
