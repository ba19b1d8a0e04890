//! Plans: how much each tenant may use.
//!
//! Invariant: a tenant has a plan of its own, whole, or the platform's (row 0). A change holds from
//! the next transaction that asks on; nothing keeps a plan in memory.

use belfry_model::{COMMONS, Quota, TenantId};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, TransactionTrait};
use serde_json::{Value as Json, json};

use super::registry::govern;
use super::statement;
use crate::{Actor, AdminDb, Result};

const FETCH: &str = "
    SELECT accounts, staff, media_bytes, posts_per_day, deliveries_per_day FROM registry.quota WHERE tenant_id = $1";

const SET: &str = "
    INSERT INTO registry.quota AS q (tenant_id, accounts, staff, media_bytes, posts_per_day, deliveries_per_day)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant_id) DO UPDATE SET accounts = excluded.accounts, staff = excluded.staff,
        media_bytes = excluded.media_bytes, posts_per_day = excluded.posts_per_day,
        deliveries_per_day = excluded.deliveries_per_day, updated_at = now()";

impl AdminDb {
    /// The plan of every tenant that has none of its own.
    pub async fn quota_default(&self) -> Result<Quota> {
        Ok(fetch(self.pool(), COMMONS).await?.unwrap_or_default())
    }

    /// A tenant's own plan; `None` where it has the platform's.
    pub async fn quota_fetch(&self, tenant: TenantId) -> Result<Option<Quota>> {
        fetch(self.pool(), tenant).await
    }

    /// Gives a tenant a plan of its own, or with `None` the platform's again. `false` if it was so
    /// already.
    pub async fn quota_set(&self, tenant: TenantId, quota: Option<Quota>, by: Actor<'_>) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let before = fetch(&tx, tenant).await?;
        if before == quota {
            return Ok(false);
        }
        if let Some(quota) = quota {
            write(&tx, tenant, quota).await?;
        } else {
            let delete = "DELETE FROM registry.quota WHERE tenant_id = $1";
            tx.execute_raw(statement(delete, [tenant.0.into()])).await?;
        }
        govern(&tx, by, "quota.set", Some(tenant.0), change(before, quota)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Changes the plan of every tenant that has none of its own. `false` if it was so already.
    pub async fn quota_default_set(&self, quota: Quota, by: Actor<'_>) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let before = fetch(&tx, COMMONS).await?;
        if before == Some(quota) {
            return Ok(false);
        }
        write(&tx, COMMONS, quota).await?;
        govern(&tx, by, "quota.default", None, change(before, Some(quota))).await?;
        tx.commit().await?;
        Ok(true)
    }
}

async fn fetch(db: &impl ConnectionTrait, tenant: TenantId) -> Result<Option<Quota>> {
    let row = db.query_one_raw(statement(FETCH, [tenant.0.into()])).await?;
    row.as_ref().map(read).transpose()
}

async fn write(tx: &DatabaseTransaction, tenant: TenantId, quota: Quota) -> Result<()> {
    // Whoever makes a plan has checked that each number fits.
    let column = |limit: Option<u64>| limit.map(|limit| i64::try_from(limit).unwrap_or(i64::MAX)).into();
    let values = [
        tenant.0.into(),
        column(quota.accounts),
        column(quota.staff),
        column(quota.media_bytes),
        column(quota.posts_per_day),
        column(quota.deliveries_per_day),
    ];
    tx.execute_raw(statement(SET, values)).await?;
    Ok(())
}

fn change(from: Option<Quota>, to: Option<Quota>) -> Json {
    json!({ "from": from, "to": to })
}

/// The five columns of a plan in any row.
pub(super) fn read(row: &QueryResult) -> Result<Quota> {
    let limit = |column: &str| -> Result<Option<u64>> {
        let limit: Option<i64> = row.try_get("", column)?;
        Ok(limit.map(|limit| u64::try_from(limit).unwrap_or(0)))
    };
    Ok(Quota {
        accounts: limit("accounts")?,
        staff: limit("staff")?,
        media_bytes: limit("media_bytes")?,
        posts_per_day: limit("posts_per_day")?,
        deliveries_per_day: limit("deliveries_per_day")?,
    })
}
