//! What is done once two people have said so. Each step may be done twice.

use belfry_model::{Role, Tenant, TenantId, TenantScope};
use belfry_storage::{TenantTx, row};
use serde_json::json;

use super::{Act, ConfirmError, Done, TRANSFER_LEAD};
use crate::lifecycle::LifecycleError;
use crate::mail::{self, Message};
use crate::{By, EmailAddress, Error, Tenancy, audit, staff};

/// Whether it can be done as things are.
pub(super) async fn possible(tenancy: &Tenancy, tenant: &Tenant, act: &Act) -> Result<(), ConfirmError> {
    if !tenant.is_live() {
        return Err(LifecycleError::State(tenant.slug.clone(), tenant.state).into());
    }
    let governs = |role| matches!(role, Role::Owner | Role::Lead);
    let owned = staff::list(tenancy, tenant.scope())
        .await?
        .iter()
        .any(|person| governs(person.role) && !person.disabled);
    match act {
        Act::TransferLead if tenant.is_lead => Err(ConfirmError::LeadsAlready(tenant.slug.to_string())),
        Act::TransferLead if !owned => Err(ConfirmError::Ownerless(tenant.slug.to_string())),
        Act::BreakGlass { .. } if owned => Err(ConfirmError::HasOwner(tenant.slug.to_string())),
        Act::TransferLead | Act::BreakGlass { .. } => Ok(()),
    }
}

/// Before the word is given: the new lead agency's owners get the role, which opens nothing as long
/// as their agency doesn't lead. So there is never a lead agency in which nobody leads.
pub(super) async fn prepare(
    tenancy: &Tenancy,
    tenant: &Tenant,
    act: &Act,
    by: &By,
) -> Result<(), ConfirmError> {
    match act {
        Act::TransferLead => Ok(role_move(tenancy, tenant.scope(), Role::Owner, Role::Lead, by).await?),
        Act::BreakGlass { .. } => Ok(()),
    }
}

/// After it.
pub(super) async fn finish(
    tenancy: &Tenancy,
    tenant: &Tenant,
    confirmed: &row::Proposal,
    by: &By,
) -> Result<Done, ConfirmError> {
    if confirmed.kind == TRANSFER_LEAD {
        if let Some(old) = confirmed.from_tenant.and_then(|old| TenantScope::of(TenantId(old))) {
            step_down(tenancy, old, by).await?;
        }
        return Ok(Done::Transferred);
    }
    let wrong = |error| Error::Inconsistent(format!("proposal {}: {error}", confirmed.id));
    let email: EmailAddress = confirmed.email.parse().map_err(|error| wrong(format!("{error}")))?;
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let invitation = staff::issue(tenancy, &tx, tenant, &email, Role::Owner, &[], by).await?;
    tell_everybody(tenancy, &tx, tenant, confirmed).await?;
    let detail = json!({
        "email": email,
        "proposed_by": confirmed.proposed_by,
        "confirmed_by": confirmed.confirmed_by,
    });
    audit::record(&tx, &*tenancy.clock, by, "tenant.break-glass", detail).await?;
    tx.commit().await?;
    Ok(Done::Invited(Box::new(invitation)))
}

/// A letter to each of its people, in the transaction that invites.
async fn tell_everybody(
    tenancy: &Tenancy,
    tx: &TenantTx,
    tenant: &Tenant,
    confirmed: &row::Proposal,
) -> crate::Result<()> {
    let letter = Message::new("mail-break-glass")
        .with("agency", tenant.name.as_str())
        .with("email", confirmed.email.as_str())
        .with("proposed", confirmed.proposed_by.as_str())
        .with("confirmed", confirmed.confirmed_by.as_str())
        .with_text("reason", &confirmed.reason);
    for person in tx.staff_list().await?.into_iter().filter(|person| person.disabled_at.is_none()) {
        // An address that is none any more can't be told.
        if let Ok(address) = person.email.parse() {
            let language = person.language.as_deref().unwrap_or(&tenant.language);
            mail::queue(tenancy, tx, &address, language, &letter).await?;
        }
    }
    Ok(())
}

/// Who led becomes an owner, whose sessions at the console have ended with the role.
async fn step_down(tenancy: &Tenancy, old: TenantScope, by: &By) -> crate::Result<()> {
    // It has the role back, by a later word: what is completed here is older.
    if tenancy.directory.lead().is_some_and(|lead| lead.scope() == old) {
        return Ok(());
    }
    let tx = tenancy.app.tenant(old).await?;
    tx.staff_role_end(Role::Lead.as_str(), tenancy.clock.now()).await?;
    tx.commit().await?;
    role_move(tenancy, old, Role::Lead, Role::Owner, by).await
}

async fn role_move(
    tenancy: &Tenancy,
    scope: TenantScope,
    from: Role,
    to: Role,
    by: &By,
) -> crate::Result<()> {
    let tx = tenancy.app.tenant(scope).await?;
    let moved = tx.staff_role_move(from.as_str(), to.as_str()).await?;
    if !moved.is_empty() {
        let detail = json!({ "from": from, "to": to, "people": moved });
        audit::record(&tx, &*tenancy.clock, by, "staff.role", detail).await?;
    }
    Ok(tx.commit().await?)
}
