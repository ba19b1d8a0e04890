//! Handles on the shared domain: `@moe@social.example`, given and released by the lead agency.
//!
//! Invariant: the lead agency's role enters a change first, because that is where a handle must
//! be unique; if we are cut off before the tenant's own row follows, the next run completes it.
//! To followers' servers a change is a rename: they are told with an `Update`.

use belfry_model::{ActivityId, ActorId, Lane, Slug, Tenant, Username};
use belfry_storage::{AdminDb, NewActivity, TenantTx, row};
use serde_json::{Value, json};

use crate::{By, Error, Result, Tenancy, audit, error};

#[derive(Debug, thiserror::Error)]
pub enum OfficialError {
    #[error("`{tenant}` has no account `{handle}`")]
    UnknownAccount { tenant: Slug, handle: Username },
    #[error(
        "the official handle `{0}` is another account's, or kept for another body: a handle never passes from one \
         body to another, choose another"
    )]
    Taken(Username),
    #[error("the account has the official handle `{0}` already: release that first")]
    HasAnother(String),
    #[error(
        "the official handle `{0}` would hide the agency's account of that name: give it to that account"
    )]
    Hides(Username),
    #[error("the handle `{0}` is kept back by the lead agency: release it in the baseline first")]
    Reserved(Username),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(OfficialError: Error, belfry_storage::Error);

/// Whether this tenant could be given the handle: asked before a tenant is made with it.
pub async fn is_free(admin: &AdminDb, slug: &Slug, handle: &Username) -> Result<bool> {
    let known = admin.tenant_fetch(slug).await?.map(|row| row.id);
    let holder = admin.official_handle_holder(handle).await?.map(|id| id.0);
    Ok(!names_another(admin, slug, handle).await? && (holder.is_none() || holder == known))
}

/// A handle that is another body's short name would speak for that body, living or gone.
async fn names_another(admin: &AdminDb, slug: &Slug, handle: &Username) -> Result<bool> {
    let Ok(meant) = handle.as_str().parse::<Slug>() else { return Ok(false) };
    Ok(meant != *slug && admin.tenant_fetch(&meant).await?.is_some())
}

/// Gives an account the handle `@handle@<shared domain>`. `false` if it had it already.
pub async fn give(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    username: &Username,
    handle: &Username,
    by: &By,
) -> Result<bool, OfficialError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let actor = account(&tx, tenant, username).await?;
    match &actor.official_handle {
        Some(has) if has == handle.as_str() => return Ok(false),
        Some(has) => return Err(OfficialError::HasAnother(has.clone())),
        None if tenancy.directory.policy().reserves(handle.as_str()) => {
            return Err(OfficialError::Reserved(handle.clone()));
        }
        None => {}
    }
    // Its own host answers for both names, and the official one first.
    if handle != username && tx.actor_local_by_username(handle).await?.is_some() {
        return Err(OfficialError::Hides(handle.clone()));
    }
    if names_another(admin, &tenant.slug, handle).await? {
        return Err(OfficialError::Taken(handle.clone()));
    }
    let id = ActorId(actor.id);
    match admin.official_handle_give(tenant.id, id, handle, by.actor()).await {
        Ok(true) => {}
        Ok(false) => {
            return Err(Error::Inconsistent(format!("account {id} is missing in the register")).into());
        }
        Err(belfry_storage::Error::Conflict { .. }) => return Err(OfficialError::Taken(handle.clone())),
        Err(error) => return Err(error.into()),
    }
    tx.actor_official_set(id, Some(handle)).await?;
    changed(tenancy, tx, &actor, by, "account.official", json!({ "handle": handle })).await?;
    Ok(true)
}

/// Takes the handle from the account. It stays kept for this tenant and goes to nobody else. What
/// it was, or `None` if the account had none.
pub async fn release(
    tenancy: &Tenancy,
    admin: &AdminDb,
    tenant: &Tenant,
    username: &Username,
    by: &By,
) -> Result<Option<String>, OfficialError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let actor = account(&tx, tenant, username).await?;
    let id = ActorId(actor.id);
    let released = admin.official_handle_release(tenant.id, id, by.actor()).await?;
    // Of a run that was cut off in between only the tenant's own row is left.
    let Some(was) = released.or_else(|| actor.official_handle.clone()) else { return Ok(None) };
    tx.actor_official_set(id, None).await?;
    changed(tenancy, tx, &actor, by, "account.official_release", json!({ "handle": was })).await?;
    Ok(Some(was))
}

async fn account(tx: &TenantTx, tenant: &Tenant, username: &Username) -> Result<row::Actor, OfficialError> {
    tx.actor_local_by_username(username).await?.ok_or_else(|| OfficialError::UnknownAccount {
        tenant: tenant.slug.clone(),
        handle: username.clone(),
    })
}

/// Tells the followers' servers, records the act, and commits.
async fn changed(
    tenancy: &Tenancy,
    tx: TenantTx,
    actor: &row::Actor,
    by: &By,
    action: &str,
    mut detail: Value,
) -> Result<()> {
    let id = ActivityId(tx.id_next().await?);
    // Rendered from the rows when it is sent, as every account's Update is.
    tx.activity_insert(NewActivity {
        id,
        uri: format!("{}#updates/{id}", actor.uri),
        kind: "Update",
        actor: ActorId(actor.id),
        status: None,
        object: None,
        to_followers: true,
        recipients: json!([]),
        created_at: tenancy.clock.now(),
    })
    .await?;
    tx.outbox_insert(id, Lane::Normal).await?;
    if let Value::Object(detail) = &mut detail {
        detail.insert("actor".to_owned(), actor.id.to_string().into());
    }
    audit::record(&tx, &*tenancy.clock, by, action, detail).await?;
    Ok(tx.commit().await?)
}
