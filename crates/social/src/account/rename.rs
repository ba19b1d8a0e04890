//! An agency's new name: its organisation account follows, where it was called the same.

use belfry_model::{ActorId, Tenant};
use belfry_storage::{ActorChange, AdminDb, TenantTx, row};
use belfry_tenancy::lifecycle::{LifecycleError, checked_name};
use belfry_tenancy::{By, Tenancy, audit};
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::Result;
use crate::outgoing::{Kind, Outgoing, record};

/// Gives an agency another name. Its slug and addresses stay. `false` if it was called so already.
///
/// The accounts come first and the registry last: what is cut off between the two is completed by
/// doing it again, since the registry still knows the old name by then.
pub async fn agency_rename(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    name: &str,
    by: &By,
) -> Result<bool, RenameError> {
    let name = checked_name(name, by)?;
    if !tenant.is_live() {
        return Err(LifecycleError::State(tenant.slug.clone(), tenant.state).into());
    }
    if tenant.name == name {
        return Ok(false);
    }
    accounts_rename(tenancy, tenant, name, by).await?;
    let changed = admin.tenant_name_set(tenant.id, name, by.actor()).await.map_err(crate::Error::from)?;
    tenancy.directory.refresh().await.map_err(LifecycleError::Internal)?;
    Ok(changed)
}

#[derive(Debug, thiserror::Error)]
pub enum RenameError {
    #[error(transparent)]
    Refused(#[from] LifecycleError),
    #[error("the accounts can't be renamed")]
    Internal(#[from] crate::Error),
}

async fn accounts_rename(tenancy: &Tenancy, tenant: &Tenant, name: &str, by: &By) -> Result<(), RenameError> {
    let now = tenancy.clock.now();
    let tx = tenancy.app.tenant(tenant.scope()).await.map_err(crate::Error::from)?;
    // It speaks to nobody; others read its name when they next fetch it.
    if let Some(instance) = tx.actor_instance_fetch().await.map_err(crate::Error::from)? {
        change(&tx, &instance, name, now).await?;
    }
    let organisation = match tenant.slug.as_str().parse() {
        Ok(handle) => tx.actor_local_by_username(&handle).await.map_err(crate::Error::from)?,
        Err(_) => None,
    };
    if let Some(organisation) = organisation.filter(|actor| actor.display_name == tenant.name) {
        let id = ActorId(organisation.id);
        let organisation = change(&tx, &organisation, name, now).await?;
        tx.public_account_rename(id, name).await.map_err(crate::Error::from)?;
        record(&tx, Outgoing { to_followers: true, ..Outgoing::new(Kind::Update, &organisation, now) })
            .await?;
        let detail = json!({ "actor": id.to_string(), "from": tenant.name, "to": name });
        audit::record(&tx, &*tenancy.clock, by, "account.rename", detail)
            .await
            .map_err(LifecycleError::Internal)?;
    }
    Ok(tx.commit().await.map_err(crate::Error::from)?)
}

async fn change(tx: &TenantTx, actor: &row::Actor, name: &str, now: DateTime<Utc>) -> Result<row::Actor> {
    let change = ActorChange { display_name: Some(name.to_owned()), ..ActorChange::default() };
    tx.actor_update(ActorId(actor.id), change, now).await?.ok_or(crate::Error::NotFound)
}
