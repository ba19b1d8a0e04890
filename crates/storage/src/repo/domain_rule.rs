//! What holds for servers elsewhere, as the lead agency keeps it.
//!
//! Invariant: each change is recorded as an act of governance in the transaction that makes it.

use belfry_model::Severity;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, TransactionTrait};
use serde_json::json;

use super::registry::govern;
use super::statement;
use crate::{Actor, AdminDb, Error, Result};

/// One rule, with what only the lead agency sees of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRule {
    /// ASCII, lower case, without port.
    pub domain: String,
    pub severity: Severity,
    pub reject_media: bool,
    pub reject_reports: bool,
    pub obfuscate: bool,
    pub public_comment: String,
    pub private_comment: String,
    /// Empty by hand, else the name of a list.
    pub source: String,
}

/// Those that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePage {
    pub rules: Vec<KeptRule>,
    /// On all pages.
    pub total: u64,
}

const COLUMNS: &str =
    "domain, severity, reject_media, reject_reports, obfuscate, public_comment, private_comment, source";

const PUT: &str = "
    INSERT INTO registry.domain_rule (domain, severity, reject_media, reject_reports, obfuscate, public_comment,
        private_comment, source, created_at, updated_at)
    SELECT *, $9, $9 FROM unnest($1::text[], $2::text[], $3::bool[], $4::bool[], $5::bool[], $6::text[], $7::text[],
        $8::text[])
    ON CONFLICT (domain) DO UPDATE SET severity = excluded.severity, reject_media = excluded.reject_media,
        reject_reports = excluded.reject_reports, obfuscate = excluded.obfuscate,
        public_comment = excluded.public_comment, private_comment = excluded.private_comment,
        source = excluded.source, updated_at = excluded.updated_at";

impl AdminDb {
    /// Whose domain contains the words, by domain.
    pub async fn domain_rule_search(&self, words: &str, offset: u64, limit: u64) -> Result<RulePage> {
        let pattern = super::actor::like_pattern(words);
        let list = format!(
            "SELECT {COLUMNS}, count(*) OVER () FROM registry.domain_rule
             WHERE domain LIKE $1 ORDER BY domain OFFSET $2 LIMIT $3"
        );
        let values = [pattern.into(), signed(offset).into(), signed(limit).into()];
        let rows = self.pool().query_all_raw(statement(&list, values)).await?;
        let total = rows.first().map_or(Ok(0), |row| row.try_get_by_index::<i64>(8))?;
        let rules = rows.iter().map(kept).collect::<Result<_>>()?;
        Ok(RulePage { rules, total: total.unsigned_abs() })
    }

    /// All of them, by domain.
    pub async fn domain_rule_list(&self) -> Result<Vec<KeptRule>> {
        let list = format!("SELECT {COLUMNS} FROM registry.domain_rule ORDER BY domain");
        self.pool().query_all_raw(statement(&list, [])).await?.iter().map(kept).collect()
    }

    pub async fn domain_rule_fetch(&self, domain: &str) -> Result<Option<KeptRule>> {
        let fetch = format!("SELECT {COLUMNS} FROM registry.domain_rule WHERE domain = $1");
        let row = self.pool().query_one_raw(statement(&fetch, [domain.into()])).await?;
        row.as_ref().map(kept).transpose()
    }

    /// Makes rules, or changes those about the same domains. The record names up to a hundred.
    pub async fn domain_rule_put(
        &self,
        rules: &[KeptRule],
        action: &str,
        now: DateTime<Utc>,
        by: Actor<'_>,
    ) -> Result<()> {
        let tx = self.pool().begin().await?;
        put(&tx, rules, action, now, by).await?;
        Ok(tx.commit().await?)
    }

    /// `false` if there is none.
    pub async fn domain_rule_remove(&self, domain: &str, by: Actor<'_>) -> Result<bool> {
        let tx = self.pool().begin().await?;
        let delete = "DELETE FROM registry.domain_rule WHERE domain = $1 RETURNING severity";
        let Some(row) = tx.query_one_raw(statement(delete, [domain.into()])).await? else { return Ok(false) };
        let severity: String = row.try_get_by_index(0)?;
        let detail = json!({ "domain": domain, "severity": severity });
        govern(&tx, by, "domain.lift", None, detail).await?;
        tx.commit().await?;
        Ok(true)
    }
}

pub(super) async fn put(
    tx: &DatabaseTransaction,
    rules: &[KeptRule],
    action: &str,
    now: DateTime<Utc>,
    by: Actor<'_>,
) -> Result<()> {
    if rules.is_empty() {
        return Ok(());
    }
    let texts = |of: fn(&KeptRule) -> &str| rules.iter().map(|rule| of(rule).to_owned()).collect::<Vec<_>>();
    let flags = |of: fn(&KeptRule) -> bool| rules.iter().map(of).collect::<Vec<_>>();
    let values = [
        texts(|rule| &rule.domain).into(),
        texts(|rule| rule.severity.as_str()).into(),
        flags(|rule| rule.reject_media).into(),
        flags(|rule| rule.reject_reports).into(),
        flags(|rule| rule.obfuscate).into(),
        texts(|rule| &rule.public_comment).into(),
        texts(|rule| &rule.private_comment).into(),
        texts(|rule| &rule.source).into(),
        now.into(),
    ];
    tx.execute_raw(statement(PUT, values)).await?;
    let named: Vec<_> = rules
        .iter()
        .take(100)
        .map(|rule| json!({ "domain": rule.domain, "severity": rule.severity, "reject_media": rule.reject_media }))
        .collect();
    let detail =
        json!({ "rules": named, "count": rules.len(), "source": rules.first().map(|rule| &rule.source) });
    govern(tx, by, action, None, detail).await
}

fn kept(row: &QueryResult) -> Result<KeptRule> {
    let severity: String = row.try_get_by_index(1)?;
    let corrupt = |error| Error::Corrupt { table: "registry.domain_rule", reason: format!("{error}") };
    Ok(KeptRule {
        domain: row.try_get_by_index(0)?,
        severity: severity.parse().map_err(corrupt)?,
        reject_media: row.try_get_by_index(2)?,
        reject_reports: row.try_get_by_index(3)?,
        obfuscate: row.try_get_by_index(4)?,
        public_comment: row.try_get_by_index(5)?,
        private_comment: row.try_get_by_index(6)?,
        source: row.try_get_by_index(7)?,
    })
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
