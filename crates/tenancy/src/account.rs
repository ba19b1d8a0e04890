//! Accounts: the actors that a tenant speaks through, and who may speak through them.

use belfry_activitypub::key::KeyPair;
use belfry_model::{AccountKind, ActorId, Origin, StaffId, Tenant, TenantScope, UsedUp, Username};
use belfry_storage::{INSTANCE, NewLocalActor, TenantTx, row};
use serde_json::json;

use crate::{By, Error, Result, Tenancy, audit, error};

/// An account that is to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub username: Username,
    pub kind: AccountKind,
    pub display_name: String,
}

#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error(
        "the handle `{0}` is kept back by the lead agency: choose another, or ask it to release this one"
    )]
    Reserved(Username),
    #[error("the handle `{handle}` is taken at {host}: choose another")]
    Taken { handle: Username, host: String },
    #[error(transparent)]
    UsedUp(UsedUp),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(AccountError: Error);
error::used_up!(AccountError);

/// Makes an account with its key.
pub async fn create(
    tenancy: &Tenancy,
    tenant: &Tenant,
    new: &NewAccount,
    by: &By,
) -> Result<row::Actor, AccountError> {
    if tenancy.directory.policy().reserves(new.username.as_str()) {
        return Err(AccountError::Reserved(new.username.clone()));
    }
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let actor = create_in(tenancy, &tx, tenant, new, by).await?;
    tx.commit().await?;
    Ok(actor)
}

/// In the caller's transaction.
pub(crate) async fn create_in(
    tenancy: &Tenancy,
    tx: &TenantTx,
    tenant: &Tenant,
    new: &NewAccount,
    by: &By,
) -> Result<row::Actor, AccountError> {
    let origin = tenancy.names.origin(tenant);
    let name = new.username.as_str();
    let taken = || AccountError::Taken { handle: new.username.clone(), host: tenant.host.to_string() };
    // The host answers for official handles of its accounts as well: this one would be hidden.
    let official = tenancy.app.public_account_by_official(&new.username).await?;
    if official.is_some_and(|account| account.tenant_id == tenant.id.0) {
        return Err(taken());
    }
    let pair = tenancy.keys.pair(tx).await?;
    let uri = origin.actor(name);
    let key_id = Origin::main_key(&uri);
    let actor = tx
        .actor_local_insert(&NewLocalActor {
            kind: new.kind.as_str(),
            username: name,
            domain: tenant.host.as_str(),
            uri: &uri,
            url: Some(&origin.profile(name)),
            actor_type: new.kind.actor_type(),
            inbox_url: &origin.actor_part(name, "inbox"),
            shared_inbox_url: &tenancy.names.shared_inbox(),
            outbox_url: Some(&origin.actor_part(name, "outbox")),
            followers_url: Some(&origin.actor_part(name, "followers")),
            following_url: Some(&origin.actor_part(name, "following")),
            featured_url: Some(&origin.actor_part(name, "collections/featured")),
            display_name: &new.display_name,
            public_key_id: &key_id,
            public_key_pem: &pair.public_pem,
        })
        .await?
        .ok_or_else(taken)?;
    let id = ActorId(actor.id);
    tenancy.keys.actor_key_store(tx, id, &key_id, &pair).await?;
    tx.public_account_insert(id, &new.username, &new.display_name, new.kind).await?;
    let detail = json!({ "actor": id.to_string(), "handle": name, "kind": new.kind });
    audit::record(tx, &*tenancy.clock, by, "account.create", detail).await?;
    Ok(actor)
}

/// The actor that fetches and reports on the tenant's behalf. It speaks to nobody, so it has
/// no collections, and what is sent to it comes in at the shared inbox.
pub(crate) async fn create_instance_in(tenancy: &Tenancy, tx: &TenantTx, tenant: &Tenant) -> Result<()> {
    let origin = tenancy.names.origin(tenant);
    let pair: KeyPair = tenancy.keys.pair(tx).await?;
    let uri = origin.instance_actor();
    let key_id = Origin::main_key(&uri);
    let actor = tx
        .actor_local_insert(&NewLocalActor {
            kind: INSTANCE,
            username: tenant.host.as_str(),
            domain: tenant.host.as_str(),
            uri: &uri,
            url: Some(&origin.at("/")),
            actor_type: "Application",
            inbox_url: &tenancy.names.shared_inbox(),
            shared_inbox_url: &tenancy.names.shared_inbox(),
            outbox_url: None,
            followers_url: None,
            following_url: None,
            featured_url: None,
            display_name: &tenant.name,
            public_key_id: &key_id,
            public_key_pem: &pair.public_pem,
        })
        .await?
        .ok_or_else(|| {
            Error::Inconsistent(format!("tenant {} has an instance actor already", tenant.slug))
        })?;
    tenancy.keys.actor_key_store(tx, ActorId(actor.id), &key_id, &pair).await
}

/// A living account by its handle.
pub async fn find(tenancy: &Tenancy, scope: TenantScope, username: &Username) -> Result<Option<row::Actor>> {
    let tx = tenancy.app.tenant(scope).await?;
    let row = tx.actor_local_by_username(username).await?;
    tx.commit().await?;
    Ok(row)
}

/// Every living account, by handle.
pub async fn list(tenancy: &Tenancy, scope: TenantScope) -> Result<Vec<row::Actor>> {
    let tx = tenancy.app.tenant(scope).await?;
    let rows = tx.actor_local_list().await?;
    tx.commit().await?;
    Ok(rows)
}

/// The accounts that somebody may sign in as with a client.
pub async fn list_of(tenancy: &Tenancy, scope: TenantScope, staff: StaffId) -> Result<Vec<row::Actor>> {
    let tx = tenancy.app.tenant(scope).await?;
    let ids = tx.access_list(staff).await?;
    let rows = tx.actor_local_by_ids(&ids).await?;
    tx.commit().await?;
    Ok(rows)
}

/// Lets somebody post as an account.
pub async fn access_grant(
    tenancy: &Tenancy,
    scope: TenantScope,
    staff: StaffId,
    actor: ActorId,
    by: &By,
) -> Result<()> {
    let tx = tenancy.app.tenant(scope).await?;
    tx.access_grant(staff, &[actor]).await?;
    let detail = json!({ "staff": staff.to_string(), "actor": actor.to_string() });
    audit::record(&tx, &*tenancy.clock, by, "access.grant", detail).await?;
    Ok(tx.commit().await?)
}

/// From now on the person's tokens for the account open nothing.
pub async fn access_revoke(
    tenancy: &Tenancy,
    scope: TenantScope,
    staff: StaffId,
    actor: ActorId,
    by: &By,
) -> Result<()> {
    let tx = tenancy.app.tenant(scope).await?;
    tx.access_revoke(staff, actor).await?;
    let detail = json!({ "staff": staff.to_string(), "actor": actor.to_string() });
    audit::record(&tx, &*tenancy.clock, by, "access.revoke", detail).await?;
    Ok(tx.commit().await?)
}
