//! What is published of the policies: the baseline of all, and each tenant's additions.
//!
//! Invariant: versions are added and never changed: no role of the services may do more.

use belfry_model::PolicyKind;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, TransactionTrait};
use serde_json::json;

use super::registry::govern;
use super::statement;
use crate::{Actor, AdminDb, Error, Result, TenantTx};

/// A version without its text.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct PolicyHead {
    pub policy: String,
    /// The tenant's and not the baseline's.
    pub own: bool,
    pub version: i32,
    pub demands: bool,
    pub effective_on: NaiveDate,
    pub published_at: DateTime<Utc>,
    pub published_by: String,
    pub reason: String,
}

/// A version's text. The baseline has no values for variables; an addition's empty ones are as the
/// tenant's settings say.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct PolicyText {
    pub text_en: String,
    pub text_nl: String,
    pub agency: String,
    pub contact: String,
    pub channel: String,
    pub law: String,
    pub demands: bool,
}

/// A version that is to be.
#[derive(Debug)]
pub struct NewPolicyText<'a> {
    pub policy: PolicyKind,
    pub text: &'a PolicyText,
    pub effective_on: NaiveDate,
    pub at: DateTime<Utc>,
    pub by: &'a str,
    pub reason: &'a str,
}

const BASELINE_HEADS: &str =
    "SELECT policy, false AS own, version, demands, effective_on, published_at, published_by, reason
     FROM registry.policy_baseline WHERE ($1::text IS NULL OR policy = $1)";

const BASELINE_TEXT: &str =
    "SELECT text_en, text_nl, '' AS agency, '' AS contact, '' AS channel, '' AS law, demands
     FROM registry.policy_baseline WHERE policy = $1 AND version = $2";

impl TenantTx {
    /// All versions that concern this tenant, of one policy or of every one; in their order.
    pub async fn policy_heads(&self, policy: Option<PolicyKind>) -> Result<Vec<PolicyHead>> {
        let sql = format!(
            "{BASELINE_HEADS} UNION ALL
             SELECT policy, true, version, demands, effective_on, published_at, published_by, reason
             FROM policy_addition WHERE tenant_id = $2 AND ($1::text IS NULL OR policy = $1)
             ORDER BY policy, own, version"
        );
        let values = [policy.map(PolicyKind::as_str).into(), self.tenant().0.into()];
        heads(&self.query_all_raw(statement(&sql, values)).await?)
    }

    pub async fn policy_baseline_fetch(
        &self,
        policy: PolicyKind,
        version: i32,
    ) -> Result<Option<PolicyText>> {
        let row = self.query_one_raw(statement(BASELINE_TEXT, [policy.as_str().into(), version.into()]));
        text(row.await?.as_ref())
    }

    pub async fn policy_addition_fetch(
        &self,
        policy: PolicyKind,
        version: i32,
    ) -> Result<Option<PolicyText>> {
        let fetch = "SELECT text_en, text_nl, agency, contact, channel, law, demands FROM policy_addition
            WHERE tenant_id = $1 AND policy = $2 AND version = $3";
        let values = [self.tenant().0.into(), policy.as_str().into(), version.into()];
        text(self.query_one_raw(statement(fetch, values)).await?.as_ref())
    }

    /// Its number. Two at once conflict.
    pub async fn policy_addition_insert(&self, new: &NewPolicyText<'_>) -> Result<i32> {
        let insert =
            "INSERT INTO policy_addition (tenant_id, policy, version, text_en, text_nl, agency, contact,
                channel, law, demands, effective_on, published_at, published_by, reason)
            SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
            FROM policy_addition WHERE tenant_id = $1 AND policy = $2 RETURNING version";
        let text = new.text;
        let values = [
            self.tenant().0.into(),
            new.policy.as_str().into(),
            text.text_en.as_str().into(),
            text.text_nl.as_str().into(),
            text.agency.as_str().into(),
            text.contact.as_str().into(),
            text.channel.as_str().into(),
            text.law.as_str().into(),
            text.demands.into(),
            new.effective_on.into(),
            new.at.into(),
            new.by.into(),
            new.reason.into(),
        ];
        version(self.query_one_raw(statement(insert, values)).await?.as_ref())
    }
}

impl AdminDb {
    /// All versions of the baseline, of one policy or of every one; in their order.
    pub async fn policy_baseline_heads(&self, policy: Option<PolicyKind>) -> Result<Vec<PolicyHead>> {
        let sql = format!("{BASELINE_HEADS} ORDER BY policy, version");
        let values = [policy.map(PolicyKind::as_str).into()];
        heads(&self.pool().query_all_raw(statement(&sql, values)).await?)
    }

    pub async fn policy_baseline_fetch(
        &self,
        policy: PolicyKind,
        version: i32,
    ) -> Result<Option<PolicyText>> {
        let values = [policy.as_str().into(), version.into()];
        text(self.pool().query_one_raw(statement(BASELINE_TEXT, values)).await?.as_ref())
    }

    /// Publishes a version for all, and puts away the draft of it. Its number; two at once conflict.
    pub async fn policy_baseline_publish(&self, new: &NewPolicyText<'_>, by: Actor<'_>) -> Result<i32> {
        let insert =
            "INSERT INTO registry.policy_baseline (policy, version, text_en, text_nl, demands, effective_on,
                published_at, published_by, reason)
            SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7, $8
            FROM registry.policy_baseline WHERE policy = $1 RETURNING version";
        let tx = self.pool().begin().await?;
        let values = [
            new.policy.as_str().into(),
            new.text.text_en.as_str().into(),
            new.text.text_nl.as_str().into(),
            new.text.demands.into(),
            new.effective_on.into(),
            new.at.into(),
            new.by.into(),
            new.reason.into(),
        ];
        let version = version(tx.query_one_raw(statement(insert, values)).await?.as_ref())?;
        let forget = "DELETE FROM registry.policy_draft WHERE policy = $1";
        tx.execute_raw(statement(forget, [new.policy.as_str().into()])).await?;
        let detail = json!({
            "policy": new.policy, "version": version, "effective_on": new.effective_on, "demands": new.text.demands
        });
        govern(&tx, by, "policy.publish", None, detail).await?;
        tx.commit().await?;
        Ok(version)
    }
}

fn heads(rows: &[QueryResult]) -> Result<Vec<PolicyHead>> {
    Ok(rows.iter().map(|row| PolicyHead::from_query_result(row, "")).collect::<Result<_, _>>()?)
}

fn text(row: Option<&QueryResult>) -> Result<Option<PolicyText>> {
    Ok(row.map(|row| PolicyText::from_query_result(row, "")).transpose()?)
}

fn version(row: Option<&QueryResult>) -> Result<i32> {
    let none = || Error::Corrupt { table: "policy", reason: "no version was returned".to_owned() };
    Ok(row.ok_or_else(none)?.try_get_by_index(0)?)
}
