//! What is being written of the policies: one draft for each, of the lead agency's and of a tenant's.

use belfry_model::PolicyKind;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::policy_text::PolicyText;
use super::statement;
use crate::{AdminDb, Result, TenantTx};

#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct PolicyDraft {
    /// Another one with each change.
    pub id: i64,
    #[sea_orm(nested)]
    pub text: PolicyText,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug)]
pub struct NewPolicyDraft<'a> {
    pub policy: PolicyKind,
    pub text: &'a PolicyText,
    pub at: DateTime<Utc>,
}

impl TenantTx {
    pub async fn policy_draft_fetch(&self, policy: PolicyKind) -> Result<Option<PolicyDraft>> {
        let fetch = "SELECT id, text_en, text_nl, agency, contact, channel, law, demands, updated_at
            FROM policy_addition_draft WHERE tenant_id = $1 AND policy = $2";
        let values = [self.tenant().0.into(), policy.as_str().into()];
        let row = self.query_one_raw(statement(fetch, values)).await?;
        Ok(row.map(|row| PolicyDraft::from_query_result(&row, "")).transpose()?)
    }

    pub async fn policy_draft_put(&self, new: &NewPolicyDraft<'_>) -> Result<()> {
        let put = "INSERT INTO policy_addition_draft (tenant_id, policy, text_en, text_nl, agency, contact, channel,
                law, demands, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (tenant_id, policy) DO UPDATE SET id = next_id(), text_en = $3, text_nl = $4, agency = $5,
                contact = $6, channel = $7, law = $8, demands = $9, updated_at = $10";
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
            new.at.into(),
        ];
        self.execute_raw(statement(put, values)).await?;
        Ok(())
    }

    pub async fn policy_draft_delete(&self, policy: PolicyKind) -> Result<()> {
        let delete = "DELETE FROM policy_addition_draft WHERE tenant_id = $1 AND policy = $2";
        self.execute_raw(statement(delete, [self.tenant().0.into(), policy.as_str().into()])).await?;
        Ok(())
    }
}

impl AdminDb {
    pub async fn policy_draft_fetch(&self, policy: PolicyKind) -> Result<Option<PolicyDraft>> {
        let fetch =
            "SELECT id, text_en, text_nl, '' AS agency, '' AS contact, '' AS channel, '' AS law, demands,
            updated_at FROM registry.policy_draft WHERE policy = $1";
        let row = self.pool().query_one_raw(statement(fetch, [policy.as_str().into()])).await?;
        Ok(row.map(|row| PolicyDraft::from_query_result(&row, "")).transpose()?)
    }

    pub async fn policy_draft_put(&self, new: &NewPolicyDraft<'_>) -> Result<()> {
        let put = "INSERT INTO registry.policy_draft (policy, text_en, text_nl, demands, updated_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (policy) DO UPDATE SET id = next_id(), text_en = $2, text_nl = $3, demands = $4,
                updated_at = $5";
        let values = [
            new.policy.as_str().into(),
            new.text.text_en.as_str().into(),
            new.text.text_nl.as_str().into(),
            new.text.demands.into(),
            new.at.into(),
        ];
        self.pool().execute_raw(statement(put, values)).await?;
        Ok(())
    }

    pub async fn policy_draft_delete(&self, policy: PolicyKind) -> Result<()> {
        let delete = "DELETE FROM registry.policy_draft WHERE policy = $1";
        self.pool().execute_raw(statement(delete, [policy.as_str().into()])).await?;
        Ok(())
    }
}
