//! People who sign in to one tenant.

use belfry_model::{Role, StaffId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement,
};

use super::statement;
use crate::entity::staff;
use crate::{Result, TenantTx};

impl TenantTx {
    pub async fn staff_fetch(&self, id: StaffId) -> Result<Option<staff::Model>> {
        Ok(staff::Entity::find_by_id((self.tenant().0, id.0)).one(self).await?)
    }

    /// Case in an e-mail address does not make another person.
    pub async fn staff_by_email(&self, email: &str) -> Result<Option<staff::Model>> {
        let row = self
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT * FROM staff WHERE tenant_id = $1 AND lower(email) = lower($2)",
                [self.tenant().0.into(), email.into()],
            ))
            .await?;
        Ok(row.map(|row| staff::Model::from_query_result(&row, "")).transpose()?)
    }

    /// Everybody, by e-mail address.
    pub async fn staff_list(&self) -> Result<Vec<staff::Model>> {
        Ok(staff::Entity::find()
            .filter(staff::Column::TenantId.eq(self.tenant().0))
            .order_by_asc(staff::Column::Email)
            .all(self)
            .await?)
    }

    /// Makes the person, or gives a person who comes back by a new invitation its role and
    /// password and lets them in again.
    pub async fn staff_admit(
        &self,
        email: &str,
        display_name: &str,
        role: Role,
        password_hash: &str,
    ) -> Result<staff::Model> {
        let row = self
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "INSERT INTO staff (tenant_id, email, display_name, role, password_hash) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (tenant_id, lower(email)) DO UPDATE
                     SET role = excluded.role, password_hash = excluded.password_hash, disabled_at = NULL,
                         set_id = NULL, permissions = NULL
                 RETURNING *",
                [
                    self.tenant().0.into(),
                    email.into(),
                    display_name.into(),
                    role.as_str().into(),
                    password_hash.into(),
                ],
            ))
            .await?
            .ok_or_else(|| sea_orm::DbErr::RecordNotInserted)?;
        Ok(staff::Model::from_query_result(&row, "")?)
    }

    /// Shuts a person out; `false` if there is nobody to shut out.
    pub async fn staff_disable(&self, id: StaffId) -> Result<bool> {
        let changed = self
            .execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE staff SET disabled_at = now() WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NULL",
                [self.tenant().0.into(), id.0.into()],
            ))
            .await?;
        Ok(changed.rows_affected() == 1)
    }

    /// Gives somebody another password.
    pub async fn staff_password_set(&self, id: StaffId, password_hash: &str) -> Result<()> {
        const SET: &str = "UPDATE staff SET password_hash = $3 WHERE tenant_id = $1 AND id = $2";
        let values = [self.tenant().0.into(), id.0.into(), password_hash.into()];
        self.execute_raw(statement(SET, values)).await?;
        Ok(())
    }
}
