//! Handles on the shared domain: given and released by the lead agency's role alone.
//!
//! Invariant: a handle that was given once is kept for that tenant for good; to anybody else it
//! is a conflict, also after it was released.

use belfry_model::{ActorId, TenantId, Username};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder};
use sea_orm::{QuerySelect, Statement, TransactionTrait};
use serde_json::json;

use super::registry::govern;
use crate::entity::public_account;
use crate::{Actor, AdminDb, Error, Result};

impl AdminDb {
    /// Gives an account the handle on the shared domain. One that is kept for another tenant, or
    /// that another account holds, is a conflict; `false` if there is no such account.
    pub async fn official_handle_give(
        &self,
        tenant: TenantId,
        actor: ActorId,
        handle: &Username,
        by: Actor<'_>,
    ) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let kept = tx
            .execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "INSERT INTO registry.official_handle AS kept (handle, holder) VALUES ($1, $2)
                 ON CONFLICT (handle) DO UPDATE SET released_at = NULL WHERE kept.holder = $2",
                [handle.as_str().into(), tenant.0.into()],
            ))
            .await?
            .rows_affected();
        if kept == 0 {
            return Err(Error::Conflict { constraint: "official_handle_kept".to_owned() });
        }
        let changed = tx
            .execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE registry.public_account SET official_handle = $3 WHERE tenant_id = $1 AND actor_id = $2",
                [tenant.0.into(), actor.0.into(), handle.as_str().into()],
            ))
            .await?
            .rows_affected();
        if changed == 0 {
            return Ok(false);
        }
        let detail = json!({ "handle": handle, "actor": actor.to_string() });
        govern(&tx, by, "official_handle.give", Some(tenant.0), detail).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes the handle from the account; it stays kept for the tenant. What it was, or `None` if
    /// the account had none.
    pub async fn official_handle_release(
        &self,
        tenant: TenantId,
        actor: ActorId,
        by: Actor<'_>,
    ) -> Result<Option<String>> {
        let tx = self.pool().begin().await?;
        let was = tx
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "UPDATE registry.public_account new SET official_handle = NULL FROM registry.public_account old
                 WHERE new.tenant_id = $1 AND new.actor_id = $2 AND old.tenant_id = $1 AND old.actor_id = $2
                   AND old.official_handle IS NOT NULL
                 RETURNING old.official_handle",
                [tenant.0.into(), actor.0.into()],
            ))
            .await?;
        let Some(was) = was else { return Ok(None) };
        let was: String = was.try_get_by_index(0)?;
        tx.execute_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            "UPDATE registry.official_handle SET released_at = now() WHERE handle = $1",
            [was.as_str().into()],
        ))
        .await?;
        let detail = json!({ "handle": was, "actor": actor.to_string() });
        govern(&tx, by, "official_handle.release", Some(tenant.0), detail).await?;
        tx.commit().await?;
        Ok(Some(was))
    }

    /// Handles that are kept for a tenant and that no account of it holds.
    pub async fn official_handle_kept(&self, tenant: TenantId) -> Result<Vec<String>> {
        let rows = self
            .pool()
            .query_all_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT handle FROM registry.official_handle
                 WHERE holder = $1 AND released_at IS NOT NULL ORDER BY handle LIMIT 100",
                [tenant.0.into()],
            ))
            .await?;
        rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
    }

    /// Whom a handle is kept for.
    pub async fn official_handle_holder(&self, handle: &Username) -> Result<Option<TenantId>> {
        let row = self
            .pool()
            .query_one_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT holder FROM registry.official_handle WHERE handle = $1",
                [handle.as_str().into()],
            ))
            .await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.map(TenantId))
    }

    /// A tenant's accounts as the register shows them, by handle; at most `limit`.
    pub async fn public_account_list_of(
        &self,
        tenant: TenantId,
        limit: u64,
    ) -> Result<Vec<public_account::Model>> {
        Ok(public_account::Entity::find()
            .filter(public_account::Column::TenantId.eq(tenant.0))
            .order_by_asc(public_account::Column::Username)
            .limit(limit)
            .all(self.pool())
            .await?)
    }
}
