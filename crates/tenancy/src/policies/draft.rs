//! What an agency writes before it publishes: one draft for each policy.

use belfry_model::{PolicyKind, Tenant, TenantScope};
use belfry_storage::{NewPolicyDraft, PolicyDraft, PolicyText};

use super::compose::{Home, compose, home_in, texts_in};
use super::of_template;
use crate::{Result, Tenancy};

/// What somebody needs before them to write.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The lead agency's text that holds, as the agency's readers see it.
    pub baseline_html: Option<String>,
    pub draft: Option<PolicyDraft>,
    /// What variables stand for where the draft says nothing.
    pub home: Home,
}

pub async fn desk(
    tenancy: &Tenancy,
    tenant: &Tenant,
    policy: PolicyKind,
    language: &'static str,
) -> Result<Desk> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let found = texts_in(&tx, policy, tenancy.clock.now()).await?;
    let home = home_in(tenancy, &tx, tenant).await?;
    let draft = tx.policy_draft_fetch(policy).await?;
    tx.commit().await?;
    let (baseline, own) = found.map_or((None, None), |(_, baseline, own)| (baseline, own));
    // The agency's values without its text.
    let values = own.map(|own| PolicyText { text_en: String::new(), text_nl: String::new(), ..own });
    let baseline_html = match &baseline {
        Some(_) => Some(compose(policy, baseline.as_ref(), values.as_ref(), &home, language)?.html),
        None => None,
    };
    Ok(Desk { baseline_html, draft, home })
}

pub async fn draft(tenancy: &Tenancy, scope: TenantScope, policy: PolicyKind) -> Result<Option<PolicyDraft>> {
    let tx = tenancy.app.tenant(scope).await?;
    let draft = tx.policy_draft_fetch(policy).await?;
    tx.commit().await?;
    Ok(draft)
}

/// Makes our template the draft of a tenant's own text, for what the lead agency has no baseline of.
pub async fn adopt(tenancy: &Tenancy, tenant: &Tenant, policy: PolicyKind) -> Result<()> {
    put(tenancy, tenant, policy, &of_template(policy)).await
}

/// Makes what the tenant said last the draft; or an empty text, where it said nothing yet.
pub async fn revise(tenancy: &Tenancy, tenant: &Tenant, policy: PolicyKind) -> Result<()> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let last = tx.policy_heads(Some(policy)).await?.into_iter().rfind(|head| head.own);
    let text = match last {
        Some(head) => tx.policy_addition_fetch(policy, head.version).await?,
        None => None,
    };
    tx.commit().await?;
    put(tenancy, tenant, policy, &text.unwrap_or_default()).await
}

pub async fn discard(tenancy: &Tenancy, tenant: &Tenant, policy: PolicyKind) -> Result<()> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    tx.policy_draft_delete(policy).await?;
    Ok(tx.commit().await?)
}

async fn put(tenancy: &Tenancy, tenant: &Tenant, policy: PolicyKind, text: &PolicyText) -> Result<()> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    tx.policy_draft_put(&NewPolicyDraft { policy, text, at: tenancy.clock.now() }).await?;
    Ok(tx.commit().await?)
}
