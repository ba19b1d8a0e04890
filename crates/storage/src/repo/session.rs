//! Sign-ins in a browser. What we keep of the token is its SHA-256.

use belfry_model::StaffId;
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, Set, Statement,
};

use crate::entity::{session, staff};
use crate::{Result, TenantTx};

impl TenantTx {
    pub async fn session_insert(
        &self,
        token_hash: &[u8],
        staff: StaffId,
        at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<()> {
        session::Entity::insert(session::ActiveModel {
            tenant_id: Set(self.tenant().0),
            token_hash: Set(token_hash.to_vec()),
            staff_id: Set(staff.0),
            created_at: Set(at),
            last_seen_at: Set(at),
            expires_at: Set(expires_at),
        })
        .exec_without_returning(self)
        .await?;
        Ok(())
    }

    /// Who is signed in: nobody once the session has expired or the person is disabled.
    pub async fn session_staff(&self, token_hash: &[u8], at: DateTime<Utc>) -> Result<Option<staff::Model>> {
        let row = self
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT staff.* FROM session
                 JOIN staff ON staff.tenant_id = session.tenant_id AND staff.id = session.staff_id
                 WHERE session.tenant_id = $1 AND session.token_hash = $2 AND session.expires_at > $3
                     AND staff.disabled_at IS NULL",
                [self.tenant().0.into(), token_hash.to_vec().into(), at.into()],
            ))
            .await?;
        Ok(row.map(|row| staff::Model::from_query_result(&row, "")).transpose()?)
    }

    pub async fn session_delete(&self, token_hash: &[u8]) -> Result<()> {
        session::Entity::delete_by_id((self.tenant().0, token_hash.to_vec())).exec(self).await?;
        Ok(())
    }

    /// Ends every session of one person.
    pub async fn session_delete_of(&self, staff: StaffId) -> Result<()> {
        session::Entity::delete_many()
            .filter(session::Column::TenantId.eq(self.tenant().0))
            .filter(session::Column::StaffId.eq(staff.0))
            .exec(self)
            .await?;
        Ok(())
    }

    /// Forgets what has expired.
    pub async fn session_delete_expired(&self, at: DateTime<Utc>) -> Result<u64> {
        let deleted = session::Entity::delete_many()
            .filter(session::Column::TenantId.eq(self.tenant().0))
            .filter(session::Column::ExpiresAt.lte(at))
            .exec(self)
            .await?;
        Ok(deleted.rows_affected)
    }
}
