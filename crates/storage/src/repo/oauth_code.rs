//! Authorisation codes: each works once. What we keep is the SHA-256.

use belfry_model::{ActorId, StaffId};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, Set, Statement,
};

use crate::entity::oauth_code;
use crate::{Result, TenantTx};

/// A code that has been given to an app.
#[derive(Debug)]
pub struct NewOauthCode<'a> {
    pub code_hash: Vec<u8>,
    pub app: i64,
    pub staff: StaffId,
    pub actor: ActorId,
    pub redirect_uri: &'a str,
    pub scopes: Vec<String>,
    pub code_challenge: Option<&'a str>,
    pub expires_at: DateTime<Utc>,
}

impl TenantTx {
    pub async fn oauth_code_insert(&self, new: NewOauthCode<'_>) -> Result<()> {
        oauth_code::Entity::insert(oauth_code::ActiveModel {
            tenant_id: Set(self.tenant().0),
            code_hash: Set(new.code_hash),
            app_id: Set(new.app),
            staff_id: Set(new.staff.0),
            actor_id: Set(new.actor.0),
            redirect_uri: Set(new.redirect_uri.to_owned()),
            scopes: Set(new.scopes),
            code_challenge: Set(new.code_challenge.map(ToOwned::to_owned)),
            expires_at: Set(new.expires_at),
        })
        .exec_without_returning(self)
        .await?;
        Ok(())
    }

    /// Takes a code away: of two who bring it at once, one gets it.
    pub async fn oauth_code_take(&self, code_hash: &[u8]) -> Result<Option<oauth_code::Model>> {
        let row = self
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "DELETE FROM oauth_code WHERE tenant_id = $1 AND code_hash = $2 RETURNING *",
                [self.tenant().0.into(), code_hash.to_vec().into()],
            ))
            .await?;
        Ok(row.map(|row| oauth_code::Model::from_query_result(&row, "")).transpose()?)
    }

    /// Forgets what has expired.
    pub async fn oauth_code_delete_expired(&self, at: DateTime<Utc>) -> Result<u64> {
        let deleted = oauth_code::Entity::delete_many()
            .filter(oauth_code::Column::TenantId.eq(self.tenant().0))
            .filter(oauth_code::Column::ExpiresAt.lte(at))
            .exec(self)
            .await?;
        Ok(deleted.rows_affected)
    }
}
