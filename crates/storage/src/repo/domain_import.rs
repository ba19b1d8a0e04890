//! Lists of servers that wait for the lead agency's decision.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, TransactionTrait};
use serde_json::json;

use super::domain_rule::put;
use super::registry::govern;
use super::statement;
use crate::repo::domain_rule::KeptRule;
use crate::{Actor, AdminDb, Result};

/// One that nobody has decided on.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct WaitingImport {
    pub id: i64,
    pub source: String,
    pub body: String,
    pub created_at: DateTime<Utc>,
}

impl AdminDb {
    /// Keeps a list for the decision; the oldest beyond `most` that wait are forgotten.
    pub async fn domain_import_insert(
        &self,
        source: &str,
        body: &str,
        most: u32,
        now: DateTime<Utc>,
    ) -> Result<i64> {
        let tx = self.pool().begin().await?;
        let insert =
            "INSERT INTO registry.domain_import (source, body, created_at) VALUES ($1, $2, $3) RETURNING id";
        let row = tx.query_one_raw(statement(insert, [source.into(), body.into(), now.into()])).await?;
        let id = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        let forget = "DELETE FROM registry.domain_import WHERE id IN (
            SELECT id FROM registry.domain_import WHERE applied_at IS NULL AND discarded_at IS NULL
            ORDER BY id DESC OFFSET $1)";
        tx.execute_raw(statement(forget, [i64::from(most).into()])).await?;
        tx.commit().await?;
        Ok(id)
    }

    pub async fn domain_import_fetch(&self, id: i64) -> Result<Option<WaitingImport>> {
        let fetch = "SELECT id, source, body, created_at FROM registry.domain_import
            WHERE id = $1 AND applied_at IS NULL AND discarded_at IS NULL";
        let row = self.pool().query_one_raw(statement(fetch, [id.into()])).await?;
        Ok(row.map(|row| WaitingImport::from_query_result(&row, "")).transpose()?)
    }

    /// Without their texts, the newest first.
    pub async fn domain_import_list(&self) -> Result<Vec<WaitingImport>> {
        let list = "SELECT id, source, '' AS body, created_at FROM registry.domain_import
            WHERE applied_at IS NULL AND discarded_at IS NULL ORDER BY id DESC";
        let rows = self.pool().query_all_raw(statement(list, [])).await?;
        Ok(rows.iter().map(|row| WaitingImport::from_query_result(row, "")).collect::<Result<_, _>>()?)
    }

    /// Applies a list that waits, with the rules that it comes to. `false` if it waits no longer.
    pub async fn domain_import_apply(
        &self,
        id: i64,
        rules: &[KeptRule],
        now: DateTime<Utc>,
        by: Actor<'_>,
    ) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let take = "UPDATE registry.domain_import SET applied_at = $2, body = ''
            WHERE id = $1 AND applied_at IS NULL AND discarded_at IS NULL";
        if tx.execute_raw(statement(take, [id.into(), now.into()])).await?.rows_affected() == 0 {
            return Ok(false);
        }
        put(&tx, rules, "domain.import", now, by).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Puts a list away unapplied. `false` if it waits no longer.
    pub async fn domain_import_discard(&self, id: i64, now: DateTime<Utc>, by: Actor<'_>) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let take = "UPDATE registry.domain_import SET discarded_at = $2, body = ''
            WHERE id = $1 AND applied_at IS NULL AND discarded_at IS NULL";
        if tx.execute_raw(statement(take, [id.into(), now.into()])).await?.rows_affected() == 0 {
            return Ok(false);
        }
        govern(&tx, by, "domain.import_discard", None, json!({ "import": id.to_string() })).await?;
        tx.commit().await?;
        Ok(true)
    }
}
