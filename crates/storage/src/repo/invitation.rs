//! Invitations: what we keep of the code is its SHA-256.

use belfry_model::{ActorId, Role};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, Set, Statement,
};

use crate::entity::invitation;
use crate::{Result, TenantTx};

/// An invitation that is to be kept.
#[derive(Debug)]
pub struct NewInvitation<'a> {
    pub email: &'a str,
    pub role: Role,
    /// Accounts that the invited person will be able to post as.
    pub actors: &'a [ActorId],
    pub code_hash: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl TenantTx {
    pub async fn invitation_insert(&self, new: NewInvitation<'_>) -> Result<invitation::Model> {
        Ok(invitation::Entity::insert(invitation::ActiveModel {
            tenant_id: Set(self.tenant().0),
            email: Set(new.email.to_owned()),
            role: Set(new.role.to_string()),
            actor_ids: Set(new.actors.iter().map(|actor| actor.0).collect()),
            code_hash: Set(new.code_hash),
            created_at: Set(new.created_at),
            expires_at: Set(new.expires_at),
            ..Default::default()
        })
        .exec_with_returning(self)
        .await?)
    }

    /// What can still be accepted, the next to expire first.
    pub async fn invitation_list_open(&self, at: DateTime<Utc>) -> Result<Vec<invitation::Model>> {
        Ok(invitation::Entity::find()
            .filter(invitation::Column::TenantId.eq(self.tenant().0))
            .filter(invitation::Column::AcceptedAt.is_null())
            .filter(invitation::Column::WithdrawnAt.is_null())
            .filter(invitation::Column::ExpiresAt.gt(at))
            .order_by_asc(invitation::Column::ExpiresAt)
            .all(self)
            .await?)
    }

    pub async fn invitation_by_code(&self, code_hash: &[u8]) -> Result<Option<invitation::Model>> {
        Ok(invitation::Entity::find()
            .filter(invitation::Column::TenantId.eq(self.tenant().0))
            .filter(invitation::Column::CodeHash.eq(code_hash))
            .one(self)
            .await?)
    }

    /// Uses an invitation up; `false` if somebody was faster or it was withdrawn.
    pub async fn invitation_accept(&self, id: i64, at: DateTime<Utc>) -> Result<bool> {
        let changed = self
            .execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE invitation SET accepted_at = $3 WHERE tenant_id = $1 AND id = $2
                     AND accepted_at IS NULL AND withdrawn_at IS NULL",
                [self.tenant().0.into(), id.into(), at.into()],
            ))
            .await?;
        Ok(changed.rows_affected() == 1)
    }

    /// Withdraws one that can still be accepted: whom it was for.
    pub async fn invitation_withdraw(&self, id: i64, at: DateTime<Utc>) -> Result<Option<String>> {
        const WITHDRAW: &str = "UPDATE invitation SET withdrawn_at = $3 WHERE tenant_id = $1 AND id = $2
            AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3 RETURNING email";
        let values = [self.tenant().0.into(), id.into(), at.into()];
        let row = self.query_one_raw(super::statement(WITHDRAW, values)).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
    }

    /// Withdraws what is still open for an address, so that only the newest code works.
    pub async fn invitation_withdraw_open(&self, email: &str, at: DateTime<Utc>) -> Result<()> {
        self.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "UPDATE invitation SET withdrawn_at = $3 WHERE tenant_id = $1 AND lower(email) = lower($2)
                 AND accepted_at IS NULL AND withdrawn_at IS NULL",
            [self.tenant().0.into(), email.into(), at.into()],
        ))
        .await?;
        Ok(())
    }
}
