//! Whose a handle is, of the accounts of this platform.

use std::sync::Arc;

use belfry_activitypub::document::webfinger::Acct;
use belfry_edge::Platform;
use belfry_model::{Tenant, TenantId, Username};
use belfry_storage::{Result, row};

/// An account of a live agency, by either of its handles.
pub(super) async fn whose(
    platform: &Platform,
    acct: &Acct,
) -> Result<Option<(Arc<Tenant>, row::PublicAccount)>> {
    let Ok(name) = acct.user.to_lowercase().parse::<Username>() else { return Ok(None) };
    if acct.host == platform.names().shared_domain.as_str() {
        return official(platform, &name).await;
    }
    let Some(tenant) = platform.directory().by_host(&acct.host) else { return Ok(None) };
    let account = platform.app().public_account_by_username(tenant.id, &name).await?;
    Ok(account.map(|account| (tenant, account)))
}

/// Whose `@name@<shared domain>` it is.
pub(super) async fn official(
    platform: &Platform,
    name: &Username,
) -> Result<Option<(Arc<Tenant>, row::PublicAccount)>> {
    let Some(account) = platform.app().public_account_by_official(name).await? else { return Ok(None) };
    let tenant = platform.directory().by_id(TenantId(account.tenant_id)).filter(|tenant| tenant.is_live());
    Ok(tenant.map(|tenant| (tenant, account)))
}
