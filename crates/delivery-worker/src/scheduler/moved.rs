//! Remote actors that have another inbox now: each tenant that they follow in hears of it.

use belfry_model::TenantScope;

use crate::{Parts, Result};

const PACE: u32 = 100;

pub(super) async fn run(parts: &Parts) -> Result<()> {
    for (actor, until) in parts.machinery.moved_inbox_list(PACE).await? {
        for tenant in parts.machinery.holding_tenants(actor).await? {
            let Some(scope) = TenantScope::of(tenant) else { continue };
            let tx = parts.app.tenant(scope).await?;
            tx.follow_inbox_refresh(actor).await?;
            tx.commit().await?;
        }
        // Only now: a crash in between does it once more.
        parts.machinery.moved_inbox_done(actor, until).await?;
    }
    Ok(())
}
