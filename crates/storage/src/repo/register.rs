//! Reading the public register: a page at a time, by name, and the newest.
//!
//! Invariant: no statement here reads more rows than it is told, however many agencies there are.

use belfry_model::{TenantId, Username};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter};
use sea_orm::{QueryOrder, QuerySelect, Statement};

use crate::entity::public_account;
use crate::{AppDb, Result};

impl AppDb {
    /// Accounts of these tenants, the official ones and the organisations first: so many of each.
    pub async fn register_accounts(
        &self,
        tenants: &[TenantId],
        of_each: u32,
    ) -> Result<Vec<public_account::Model>> {
        let ids: Vec<i64> = tenants.iter().map(|id| id.0).collect();
        let rows = self
            .pool()
            .query_all_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT * FROM (SELECT a.*, row_number() OVER (PARTITION BY tenant_id
                        ORDER BY official_handle IS NULL, kind <> 'organisation', username) AS place
                    FROM registry.public_account a WHERE tenant_id = ANY ($1)) ranked
                 WHERE place <= $2 ORDER BY tenant_id, place",
                [ids.into(), i64::from(of_each).into()],
            ))
            .await?;
        rows.iter().map(|row| Ok(public_account::Model::from_query_result(row, "")?)).collect()
    }

    /// The tenants of which an account has this in its name, its handle or its note.
    pub async fn register_search(&self, text: &str, limit: u32) -> Result<Vec<TenantId>> {
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let rows = self
            .pool()
            .query_all_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT DISTINCT tenant_id FROM registry.public_account
                 WHERE display_name ILIKE $1 OR username ILIKE $1 OR official_handle ILIKE $1
                    OR (kind = 'organisation' AND note ILIKE $1)
                 LIMIT $2",
                [format!("%{escaped}%").into(), i64::from(limit).into()],
            ))
            .await?;
        rows.iter().map(|row| Ok(TenantId(row.try_get_by_index(0)?))).collect()
    }

    pub async fn public_account_by_username(
        &self,
        tenant: TenantId,
        username: &Username,
    ) -> Result<Option<public_account::Model>> {
        Ok(public_account::Entity::find()
            .filter(public_account::Column::TenantId.eq(tenant.0))
            .filter(public_account::Column::Username.eq(username.as_str()))
            .one(self.pool())
            .await?)
    }

    /// Those with an official handle, the newest first.
    pub async fn register_officials(&self, limit: u64) -> Result<Vec<public_account::Model>> {
        Ok(public_account::Entity::find()
            .filter(public_account::Column::OfficialHandle.is_not_null())
            .order_by_desc(public_account::Column::OfficialSince)
            .limit(limit)
            .all(self.pool())
            .await?)
    }
}
