//! Access tokens. What we keep is the SHA-256.

use belfry_model::{ActorId, StaffId};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, Set, Statement};

use super::statement;
use crate::entity::{oauth_app, oauth_token};
use crate::{Result, TenantTx};

/// A token that has been given out. Without an actor it is the app's own; without a staff
/// member it is a script's.
#[derive(Debug)]
pub struct NewOauthToken {
    pub token_hash: Vec<u8>,
    pub app: i64,
    pub staff: Option<StaffId>,
    pub actor: Option<ActorId>,
    pub scopes: Vec<String>,
    pub created_at: DateTime<Utc>,
}

/// A token that somebody holds, as it is shown to them.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct HeldToken {
    pub id: i64,
    pub app: String,
    pub scopes: Vec<String>,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

impl TenantTx {
    pub async fn oauth_token_insert(&self, new: NewOauthToken) -> Result<oauth_token::Model> {
        Ok(oauth_token::Entity::insert(oauth_token::ActiveModel {
            tenant_id: Set(self.tenant().0),
            token_hash: Set(new.token_hash),
            app_id: Set(new.app),
            staff_id: Set(new.staff.map(|id| id.0)),
            actor_id: Set(new.actor.map(|id| id.0)),
            scopes: Set(new.scopes),
            created_at: Set(new.created_at),
            ..Default::default()
        })
        .exec_with_returning(self)
        .await?)
    }

    /// A token that still opens something, with its app: it ends with its revocation, with
    /// its person being disabled or losing the account, and with the account's deletion.
    pub async fn oauth_token_find(
        &self,
        token_hash: &[u8],
    ) -> Result<Option<(oauth_token::Model, oauth_app::Model)>> {
        let row = self
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT t.* FROM oauth_token t
                 WHERE t.tenant_id = $1 AND t.token_hash = $2 AND t.revoked_at IS NULL
                     AND (t.staff_id IS NULL OR EXISTS (
                         SELECT FROM staff s
                         WHERE s.tenant_id = t.tenant_id AND s.id = t.staff_id AND s.disabled_at IS NULL))
                     AND (t.actor_id IS NULL OR EXISTS (
                         SELECT FROM actor a
                         WHERE a.tenant_id = t.tenant_id AND a.id = t.actor_id AND a.deleted_at IS NULL))
                     AND (t.staff_id IS NULL OR t.actor_id IS NULL OR EXISTS (
                         SELECT FROM account_access x
                         WHERE x.tenant_id = t.tenant_id AND x.staff_id = t.staff_id AND x.actor_id = t.actor_id))",
                [self.tenant().0.into(), token_hash.to_vec().into()],
            ))
            .await?;
        let Some(token) = row.map(|row| oauth_token::Model::from_query_result(&row, "")).transpose()? else {
            return Ok(None);
        };
        let app = self.oauth_app_fetch(token.app_id).await?;
        Ok(app.map(|app| (token, app)))
    }

    /// Notes a use, at most once an hour: a read of the timeline is no write.
    pub async fn oauth_token_touch(&self, token: &oauth_token::Model, at: DateTime<Utc>) -> Result<()> {
        let fresh = token.last_used_at.is_some_and(|used| at - used < chrono::TimeDelta::hours(1));
        if fresh {
            return Ok(());
        }
        self.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "UPDATE oauth_token SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2",
            [self.tenant().0.into(), token.id.into(), at.into()],
        ))
        .await?;
        Ok(())
    }

    /// Revokes every token of one person, so that none comes back to life with them.
    pub async fn oauth_token_revoke_of(&self, staff: StaffId, at: DateTime<Utc>) -> Result<()> {
        self.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "UPDATE oauth_token SET revoked_at = $3
             WHERE tenant_id = $1 AND staff_id = $2 AND revoked_at IS NULL",
            [self.tenant().0.into(), staff.0.into(), at.into()],
        ))
        .await?;
        Ok(())
    }

    /// Only the app that holds a token can revoke it (RFC 7009 §2.1).
    pub async fn oauth_token_revoke(&self, token_hash: &[u8], app: i64, at: DateTime<Utc>) -> Result<bool> {
        let changed = self
            .execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE oauth_token SET revoked_at = $4
                 WHERE tenant_id = $1 AND token_hash = $2 AND app_id = $3 AND revoked_at IS NULL",
                [self.tenant().0.into(), token_hash.to_vec().into(), app.into(), at.into()],
            ))
            .await?;
        Ok(changed.rows_affected() == 1)
    }

    /// Somebody's tokens that still open something, with the name of the app, the newest first.
    pub async fn oauth_token_list_of(&self, staff: StaffId) -> Result<Vec<HeldToken>> {
        const LIST: &str =
            "SELECT t.id, a.name AS app, t.scopes, t.created_at, t.last_used_at FROM oauth_token t
            JOIN oauth_app a ON a.tenant_id = t.tenant_id AND a.id = t.app_id
            WHERE t.tenant_id = $1 AND t.staff_id = $2 AND t.revoked_at IS NULL ORDER BY t.id DESC";
        let rows = self.query_all_raw(statement(LIST, [self.tenant().0.into(), staff.0.into()])).await?;
        Ok(rows.iter().map(|row| HeldToken::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    /// Revokes one token of this person; `false` if they hold no such one.
    pub async fn oauth_token_revoke_held(&self, staff: StaffId, id: i64, at: DateTime<Utc>) -> Result<bool> {
        const REVOKE: &str = "UPDATE oauth_token SET revoked_at = $4
            WHERE tenant_id = $1 AND staff_id = $2 AND id = $3 AND revoked_at IS NULL";
        let values = [self.tenant().0.into(), staff.0.into(), id.into(), at.into()];
        Ok(self.execute_raw(statement(REVOKE, values)).await?.rows_affected() == 1)
    }
}
