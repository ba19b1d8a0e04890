//! A namespace's life after it was made: closed for a while, and opened again.

use belfry_model::{Slug, Tenant, TenantState};
use belfry_storage::AdminDb;
use chrono::{DateTime, TimeDelta, Utc};

use crate::{By, Error, Tenancy, error};

/// Longer reasons say less.
pub const REASON_CHARACTERS: usize = 500;
/// Names of public bodies are long, and this is longer.
pub const NAME_CHARACTERS: usize = 200;

#[derive(Debug, thiserror::Error)]
pub enum LifecycleError {
    #[error("give a reason: it goes into the record, and the agency's people read it")]
    Reasonless,
    #[error("the reason is longer than {REASON_CHARACTERS} characters")]
    ReasonTooLong,
    #[error("give a name: what the public calls the body")]
    Nameless,
    #[error("the name is longer than {NAME_CHARACTERS} characters")]
    NameTooLong,
    #[error("`{0}` is the lead agency, without which nobody governs: transfer the lead role first")]
    Lead(Slug),
    #[error("`{0}` is to be deleted: keep it first")]
    Leaving(Slug),
    #[error("`{0}` is {1}: that can't be done now")]
    State(Slug, TenantState),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(LifecycleError: Error, belfry_storage::Error);

/// Closes a namespace until it is resumed. What others send it is kept, what it has to send waits.
/// `false` if it was closed already.
pub async fn suspend(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    by: &By,
) -> Result<bool, LifecycleError> {
    reasoned(by)?;
    if tenant.is_lead {
        return Err(LifecycleError::Lead(tenant.slug.clone()));
    }
    match tenant.state {
        TenantState::Live => {}
        TenantState::Suspended => return Ok(false),
        state @ (TenantState::Provisioning | TenantState::Deleted) => {
            return Err(LifecycleError::State(tenant.slug.clone(), state));
        }
    }
    let changed = admin.tenant_suspend(tenant.id, tenancy.clock.now(), by.actor()).await?;
    tenancy.directory.refresh().await?;
    Ok(changed)
}

/// Opens a suspended namespace again: everything goes on where it stopped. `false` if it is live.
pub async fn resume(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    by: &By,
) -> Result<bool, LifecycleError> {
    if by.reason().chars().count() > REASON_CHARACTERS {
        return Err(LifecycleError::ReasonTooLong);
    }
    match tenant.state {
        TenantState::Suspended => {}
        TenantState::Live => return Ok(false),
        state @ (TenantState::Provisioning | TenantState::Deleted) => {
            return Err(LifecycleError::State(tenant.slug.clone(), state));
        }
    }
    if tenancy.app.deletion_fetch(tenant.id).await?.is_some() {
        return Err(LifecycleError::Leaving(tenant.slug.clone()));
    }
    let changed = admin.tenant_resume(tenant.id, tenancy.clock.now(), by.actor()).await?;
    tenancy.directory.refresh().await?;
    Ok(changed)
}

/// How long a deletion can be undone.
#[derive(Debug, Clone, Copy)]
pub struct Grace(TimeDelta);

impl Grace {
    pub fn days(days: u32) -> Self {
        Self(TimeDelta::days(days.into()))
    }

    pub fn none() -> Self {
        Self(TimeDelta::zero())
    }
}

/// Closes a namespace, to be deleted when the grace is over. Everybody who knew its accounts is told
/// then, and its rows are erased; its names are never given again. Answers when. Asked again, the
/// grace begins anew.
pub async fn delete(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    grace: Grace,
    by: &By,
) -> Result<DateTime<Utc>, LifecycleError> {
    reasoned(by)?;
    if tenant.is_lead {
        return Err(LifecycleError::Lead(tenant.slug.clone()));
    }
    let now = tenancy.clock.now();
    let on = now + grace.0;
    if !admin.tenant_delete_at(tenant.id, on, now, by.actor()).await? {
        return Err(LifecycleError::State(tenant.slug.clone(), tenant.state));
    }
    tenancy.directory.refresh().await?;
    Ok(on)
}

/// Keeps a namespace that was to be deleted. It stays closed until it is resumed. `false` if it was
/// not to be deleted.
pub async fn keep(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    by: &By,
) -> Result<bool, LifecycleError> {
    if by.reason().chars().count() > REASON_CHARACTERS {
        return Err(LifecycleError::ReasonTooLong);
    }
    let changed = admin.tenant_keep(tenant.id, by.actor()).await?;
    tenancy.directory.refresh().await?;
    Ok(changed)
}

/// A name as it is stored: on one line, and of a bounded length.
pub fn checked_name<'a>(name: &'a str, by: &By) -> Result<&'a str, LifecycleError> {
    if by.reason().chars().count() > REASON_CHARACTERS {
        return Err(LifecycleError::ReasonTooLong);
    }
    let name = name.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(LifecycleError::Nameless);
    }
    if name.chars().count() > NAME_CHARACTERS {
        return Err(LifecycleError::NameTooLong);
    }
    Ok(name)
}

/// What is done to others is never done without a reason.
pub(crate) fn reasoned(by: &By) -> Result<(), LifecycleError> {
    match by.reason().chars().count() {
        0 => Err(LifecycleError::Reasonless),
        length if length > REASON_CHARACTERS => Err(LifecycleError::ReasonTooLong),
        _ => Ok(()),
    }
}
