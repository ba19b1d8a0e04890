//! Sign-ins in a browser. What we keep of the token is its SHA-256.

use belfry_model::StaffId;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Set};

use super::statement;
use crate::entity::{session, staff};
use crate::{Result, TenantTx};

/// A sign-in, as it begins.
#[derive(Debug)]
pub struct NewSession<'a> {
    pub token_hash: &'a [u8],
    pub staff: StaffId,
    /// Where from, where that is known.
    pub address: &'a str,
    /// What the browser calls itself.
    pub agent: &'a str,
    pub at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// A session under way, and whose it is.
#[derive(Debug)]
pub struct OpenSession {
    pub id: i64,
    pub last_seen_at: DateTime<Utc>,
    /// When whoever holds it last proved who they are.
    pub proved_at: DateTime<Utc>,
    /// The person can prove in a second way who they are.
    pub has_factor: bool,
    /// Of whom the tenant demands one.
    pub demand: String,
    pub staff: staff::Model,
}

impl TenantTx {
    pub async fn session_insert(&self, new: NewSession<'_>) -> Result<()> {
        session::Entity::insert(session::ActiveModel {
            tenant_id: Set(self.tenant().0),
            token_hash: Set(new.token_hash.to_vec()),
            staff_id: Set(new.staff.0),
            created_at: Set(new.at),
            last_seen_at: Set(new.at),
            expires_at: Set(new.expires_at),
            address: Set(new.address.to_owned()),
            agent: Set(new.agent.to_owned()),
            proved_at: Set(new.at),
            ..Default::default()
        })
        .exec_without_returning(self)
        .await?;
        Ok(())
    }

    /// Who is signed in: nobody once the session has expired or the person is disabled.
    pub async fn session_find(&self, token_hash: &[u8], at: DateTime<Utc>) -> Result<Option<OpenSession>> {
        const FIND: &str =
            "SELECT staff.*, session.id AS session_id, session.last_seen_at, session.proved_at,
                EXISTS (SELECT FROM staff_totp f WHERE f.tenant_id = staff.tenant_id AND f.staff_id = staff.id
                    AND f.confirmed_at IS NOT NULL) AS has_factor,
                CASE WHEN (SELECT require_second_factor FROM registry.baseline) THEN 'everybody' ELSE
                    coalesce((SELECT t.second_factor FROM tenant_setting t WHERE t.tenant_id = $1), 'nobody')
                END AS demand
            FROM session
            JOIN staff ON staff.tenant_id = session.tenant_id AND staff.id = session.staff_id
            WHERE session.tenant_id = $1 AND session.token_hash = $2 AND session.expires_at > $3
                AND staff.disabled_at IS NULL";
        let values = [self.tenant().0.into(), token_hash.to_vec().into(), at.into()];
        let Some(row) = self.query_one_raw(statement(FIND, values)).await? else { return Ok(None) };
        Ok(Some(OpenSession {
            id: row.try_get("", "session_id")?,
            last_seen_at: row.try_get("", "last_seen_at")?,
            proved_at: row.try_get("", "proved_at")?,
            has_factor: row.try_get("", "has_factor")?,
            demand: row.try_get("", "demand")?,
            staff: staff::Model::from_query_result(&row, "")?,
        }))
    }

    pub async fn session_touch(&self, id: i64, at: DateTime<Utc>) -> Result<()> {
        const TOUCH: &str = "UPDATE session SET last_seen_at = $3 WHERE tenant_id = $1 AND id = $2";
        self.execute_raw(statement(TOUCH, [self.tenant().0.into(), id.into(), at.into()])).await?;
        Ok(())
    }

    /// Whoever holds the session has just proved who they are.
    pub async fn session_prove(&self, id: i64, at: DateTime<Utc>) -> Result<()> {
        const PROVE: &str = "UPDATE session SET proved_at = $3 WHERE tenant_id = $1 AND id = $2";
        self.execute_raw(statement(PROVE, [self.tenant().0.into(), id.into(), at.into()])).await?;
        Ok(())
    }

    /// Somebody's sessions that have not expired, the last used first.
    pub async fn session_list_of(&self, staff: StaffId, at: DateTime<Utc>) -> Result<Vec<session::Model>> {
        Ok(session::Entity::find()
            .filter(session::Column::TenantId.eq(self.tenant().0))
            .filter(session::Column::StaffId.eq(staff.0))
            .filter(session::Column::ExpiresAt.gt(at))
            .order_by_desc(session::Column::LastSeenAt)
            .order_by_desc(session::Column::Id)
            .all(self)
            .await?)
    }

    pub async fn session_delete(&self, token_hash: &[u8]) -> Result<()> {
        session::Entity::delete_by_id((self.tenant().0, token_hash.to_vec())).exec(self).await?;
        Ok(())
    }

    /// Ends one session of this person; `false` if they have no such one.
    pub async fn session_delete_one(&self, staff: StaffId, id: i64) -> Result<bool> {
        let deleted = session::Entity::delete_many()
            .filter(session::Column::TenantId.eq(self.tenant().0))
            .filter(session::Column::StaffId.eq(staff.0))
            .filter(session::Column::Id.eq(id))
            .exec(self)
            .await?;
        Ok(deleted.rows_affected == 1)
    }

    /// Ends every session of one person but this one. How many that were.
    pub async fn session_delete_others(&self, staff: StaffId, but: i64) -> Result<u64> {
        let deleted = session::Entity::delete_many()
            .filter(session::Column::TenantId.eq(self.tenant().0))
            .filter(session::Column::StaffId.eq(staff.0))
            .filter(session::Column::Id.ne(but))
            .exec(self)
            .await?;
        Ok(deleted.rows_affected)
    }

    /// Ends every session of one person. How many that were.
    pub async fn session_delete_of(&self, staff: StaffId) -> Result<u64> {
        let deleted = session::Entity::delete_many()
            .filter(session::Column::TenantId.eq(self.tenant().0))
            .filter(session::Column::StaffId.eq(staff.0))
            .exec(self)
            .await?;
        Ok(deleted.rows_affected)
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
