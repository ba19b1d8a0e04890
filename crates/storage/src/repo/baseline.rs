//! What the lead agency sets for all, and the handles that it keeps back.
//!
//! Invariant: each change is recorded as an act of governance in the transaction that makes it.

use sea_orm::{ConnectionTrait, FromQueryResult, TransactionTrait};
use serde_json::json;

use super::registry::govern;
use super::statement;
use crate::{Actor, AdminDb, Result, TenantTx};

/// What holds for every tenant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub struct Baseline {
    pub require_second_factor: bool,
    pub require_alt_text: bool,
    /// At least so many days; 0 is no minimum.
    pub retention_days: i32,
    /// At most so many characters.
    pub post_length: Option<i32>,
}

/// What a tenant sets for itself, beside the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnSettings {
    pub require_alt_text: bool,
    pub retention_days: i32,
    pub post_length: i32,
}

const FETCH: &str =
    "SELECT require_second_factor, require_alt_text, retention_days, post_length FROM registry.baseline";

async fn fetch(db: &impl ConnectionTrait) -> Result<Baseline> {
    let row = db.query_one_raw(statement(FETCH, [])).await?;
    Ok(row.map(|row| Baseline::from_query_result(&row, "")).transpose()?.unwrap_or_default())
}

impl TenantTx {
    pub async fn baseline_fetch(&self) -> Result<Baseline> {
        fetch(self).await
    }

    pub async fn tenant_setting_update(&self, own: OwnSettings) -> Result<()> {
        let update = "UPDATE tenant_setting SET require_alt_text = $2, retention_days = $3,
            post_length = $4, updated_at = now() WHERE tenant_id = $1";
        let values = [
            self.tenant().0.into(),
            own.require_alt_text.into(),
            own.retention_days.into(),
            own.post_length.into(),
        ];
        self.execute_raw(statement(update, values)).await?;
        Ok(())
    }
}

impl AdminDb {
    pub async fn baseline_fetch(&self) -> Result<Baseline> {
        fetch(self.pool()).await
    }

    pub async fn baseline_set(&self, new: &Baseline, by: Actor<'_>) -> Result<()> {
        let tx = self.pool().begin().await?;
        let before = fetch(&tx).await?;
        if before == *new {
            return Ok(());
        }
        let update = "UPDATE registry.baseline SET require_second_factor = $1, require_alt_text = $2,
            retention_days = $3, post_length = $4";
        let values = [
            new.require_second_factor.into(),
            new.require_alt_text.into(),
            new.retention_days.into(),
            new.post_length.into(),
        ];
        tx.execute_raw(statement(update, values)).await?;
        let said = |of: &Baseline| {
            json!({
                "require_second_factor": of.require_second_factor, "require_alt_text": of.require_alt_text,
                "retention_days": of.retention_days, "post_length": of.post_length,
            })
        };
        govern(&tx, by, "baseline.set", None, json!({ "from": said(&before), "to": said(new) })).await?;
        Ok(tx.commit().await?)
    }

    /// By pattern.
    pub async fn reserved_list(&self) -> Result<Vec<String>> {
        let list = statement("SELECT pattern FROM registry.reserved_handle ORDER BY pattern", []);
        let rows = self.pool().query_all_raw(list).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// `false` if it was reserved already.
    pub async fn reserved_add(&self, pattern: &str, by: Actor<'_>) -> Result<bool> {
        let insert = "INSERT INTO registry.reserved_handle (pattern) VALUES ($1) ON CONFLICT DO NOTHING";
        self.reserved_change(insert, pattern, "handle.reserve", by).await
    }

    /// `false` if it was not reserved.
    pub async fn reserved_remove(&self, pattern: &str, by: Actor<'_>) -> Result<bool> {
        let delete = "DELETE FROM registry.reserved_handle WHERE pattern = $1";
        self.reserved_change(delete, pattern, "handle.release", by).await
    }

    async fn reserved_change(&self, sql: &str, pattern: &str, act: &str, by: Actor<'_>) -> Result<bool> {
        let tx = self.pool().begin().await?;
        if tx.execute_raw(statement(sql, [pattern.into()])).await?.rows_affected() == 0 {
            return Ok(false);
        }
        govern(&tx, by, act, None, json!({ "pattern": pattern })).await?;
        tx.commit().await?;
        Ok(true)
    }
}
