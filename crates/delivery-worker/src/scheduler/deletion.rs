//! Agencies whose days of grace are over: their accounts say goodbye, and when that has left,
//! everything of theirs is erased, a part at a time.
//!
//! Invariant: each step may be repeated; what a crash leaves, the next look goes on with.

use belfry_model::TenantScope;
use belfry_tenancy::{By, audit};
use serde_json::json;

use crate::{Parts, Result};

/// Parts that are erased in one look, so that the scheduler's other steps are not kept waiting.
const PARTS: usize = 20;

pub(super) async fn run(parts: &Parts) -> Result<()> {
    for tenant in parts.machinery.deletion_due(parts.clock.now()).await? {
        if parts.machinery.deletion_begin(tenant, parts.clock.now()).await? {
            tracing::info!(%tenant, "an agency is deleted");
        }
    }
    for tenant in parts.machinery.deletion_unsaid().await? {
        let Some(scope) = TenantScope::of(tenant) else { continue };
        let accounts = parts.social.agency_say_goodbye(scope).await?.len();
        parts.machinery.deletion_said(tenant, parts.clock.now()).await?;
        tracing::info!(%tenant, accounts, "the accounts of a deleted agency say goodbye");
    }
    for tenant in parts.machinery.deletion_ready().await? {
        let Some(scope) = TenantScope::of(tenant) else { continue };
        for _ in 0..PARTS {
            if parts.social.agency_erase_some(scope).await? {
                let tx = parts.app.tenant(scope).await?;
                audit::record(&tx, &*parts.clock, &By::platform(), "tenant.erase", json!({})).await?;
                tx.commit().await?;
                parts.machinery.deletion_end(tenant, parts.clock.now()).await?;
                tracing::info!(%tenant, "nothing is left of a deleted agency but its records");
                break;
            }
        }
    }
    Ok(())
}
