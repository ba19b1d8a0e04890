//! Looking after a tenant's people: what each may do, and who is shut out or let in again.
//!
//! Invariants: nobody gives or takes what they don't have themselves, so that who manages people
//! can't make themselves or a friend an owner; and a tenant keeps somebody who owns it.

use belfry_model::{Permissions, Role, StaffId, Tenant};
use belfry_storage::TenantTx;
use belfry_storage::row::PermissionSet;
use serde_json::json;

use super::{Invitation, Invite, InviteError, Staff};
use crate::{By, Error, Result, Tenancy, audit, error};

/// Somebody who looks after people, and what they may do themselves.
#[derive(Debug, Clone, Copy)]
pub struct Manager<'a> {
    pub by: &'a By,
    pub may: Permissions,
}

/// What somebody may do: by their role, or by a set of the tenant's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    Role(Role),
    Set(i64),
}

#[derive(Debug, thiserror::Error)]
pub enum ManageError {
    #[error("there is no such person here")]
    Unknown,
    #[error("there is no such set of permissions here")]
    UnknownSet,
    #[error("this is more than you may do yourself: ask an owner")]
    Beyond,
    #[error("this person is the last owner: make somebody else an owner first")]
    LastOwner,
    #[error("only the lead agency has the role `lead`")]
    NotLead,
    #[error("a name is needed, of at most {LONGEST} characters")]
    Name,
    #[error("a set needs at least one permission")]
    Empty,
    #[error("there may be at most {MOST} sets: change one instead")]
    TooMany,
    #[error("people have this set: give them another first")]
    InUse,
    #[error(transparent)]
    UsedUp(belfry_model::UsedUp),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(ManageError: Error);
error::used_up!(ManageError);

const LONGEST: usize = 60;
/// More than any agency has kinds of people.
const MOST: usize = 50;

impl Manager<'_> {
    fn check(&self, permissions: Permissions) -> Result<(), ManageError> {
        if permissions.within(self.may) { Ok(()) } else { Err(ManageError::Beyond) }
    }
}

/// Whoever may run commands may do everything.
impl<'a> From<&'a By> for Manager<'a> {
    fn from(by: &'a By) -> Self {
        Self { by, may: Permissions::all() }
    }
}

/// Invites somebody to a role that is no more than the manager's own.
pub async fn invite(
    tenancy: &Tenancy,
    tenant: &Tenant,
    invite: &Invite,
    manager: Manager<'_>,
) -> Result<Invitation, InviteError> {
    if !invite.role.permissions().within(manager.may) {
        return Err(InviteError::Beyond);
    }
    super::invite(tenancy, tenant, invite, manager.by).await
}

/// Takes an invitation back that was not accepted yet. `false` if there is none.
pub async fn withdraw(tenancy: &Tenancy, tenant: &Tenant, invitation: i64, by: &By) -> Result<bool> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let Some(email) = tx.invitation_withdraw(invitation, tenancy.clock.now()).await? else {
        return Ok(false);
    };
    let detail = json!({ "invitation": invitation.to_string(), "email": email });
    audit::record(&tx, &*tenancy.clock, by, "staff.withdraw", detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// Somebody of this tenant, whom this manager may change.
pub(super) async fn changed(tx: &TenantTx, id: StaffId, manager: Manager<'_>) -> Result<Staff, ManageError> {
    let person: Staff = tx.staff_fetch(id).await?.ok_or(ManageError::Unknown)?.try_into()?;
    manager.check(person.permissions())?;
    Ok(person)
}

/// A tenant keeps somebody who owns it.
async fn not_the_last(tx: &TenantTx, person: &Staff) -> Result<(), ManageError> {
    let owners = tx.staff_owners_held().await?;
    if owners.contains(&person.id) && owners.len() == 1 { Err(ManageError::LastOwner) } else { Ok(()) }
}

/// Gives somebody a role or a set. It holds from their next request on. `false` if they had it.
pub async fn grant(
    tenancy: &Tenancy,
    tenant: &Tenant,
    id: StaffId,
    grant: Grant,
    manager: Manager<'_>,
) -> Result<bool, ManageError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let person = changed(&tx, id, manager).await?;
    let (role, set) = match grant {
        Grant::Role(Role::Lead) if !tenant.is_lead => return Err(ManageError::NotLead),
        Grant::Role(role) => (role, None),
        // The role stays what it is for: a set says what it allows.
        Grant::Set(set) => {
            let set = tx.permission_set_fetch(set).await?.ok_or(ManageError::UnknownSet)?;
            (if owns(person.role) { Role::Author } else { person.role }, Some(set))
        }
    };
    if role == person.role && set.as_ref().map(|set| set.id) == person.set {
        return Ok(false);
    }
    manager.check(match &set {
        Some(set) => permissions_of(set)?,
        None => role.permissions(),
    })?;
    if !owns(role) {
        not_the_last(&tx, &person).await?;
    }
    tx.staff_role_set(id, role, set.as_ref()).await?;
    let to = set.as_ref().map_or_else(|| role.to_string(), |set| set.name.clone());
    let detail = json!({ "staff": id.to_string(), "from": person.role, "to": to });
    audit::record(&tx, &*tenancy.clock, manager.by, "staff.grant", detail).await?;
    tx.commit().await?;
    Ok(true)
}

fn owns(role: Role) -> bool {
    matches!(role, Role::Owner | Role::Lead)
}

/// Shuts somebody out at once: sessions and tokens end here; what they wrote stays. `false` if they
/// were shut out already.
pub async fn shut_out(
    tenancy: &Tenancy,
    tenant: &Tenant,
    id: StaffId,
    manager: Manager<'_>,
) -> Result<bool, ManageError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let person = changed(&tx, id, manager).await?;
    not_the_last(&tx, &person).await?;
    let done = super::disable_in(tenancy, &tx, id, manager.by).await?;
    tx.commit().await?;
    Ok(done)
}

/// Lets somebody in again. `false` if they were not shut out.
pub async fn let_in(
    tenancy: &Tenancy,
    tenant: &Tenant,
    id: StaffId,
    manager: Manager<'_>,
) -> Result<bool, ManageError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let person = changed(&tx, id, manager).await?;
    tx.usage_staff_room(&person.email, tenancy.clock.now()).await?;
    if !tx.staff_enable(id).await? {
        return Ok(false);
    }
    let detail = json!({ "staff": id.to_string() });
    audit::record(&tx, &*tenancy.clock, manager.by, "staff.enable", detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// The tenant's own sets, by name.
pub async fn sets(tenancy: &Tenancy, tenant: &Tenant) -> Result<Vec<PermissionSet>> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let sets = tx.permission_set_list().await?;
    tx.commit().await?;
    Ok(sets)
}

/// Makes a set, or changes the one of this name for everybody who has it. Its id.
pub async fn set_save(
    tenancy: &Tenancy,
    tenant: &Tenant,
    name: &str,
    permissions: Permissions,
    manager: Manager<'_>,
) -> Result<i64, ManageError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST || name.contains(char::is_control) {
        return Err(ManageError::Name);
    }
    if permissions == Permissions::NONE {
        return Err(ManageError::Empty);
    }
    manager.check(permissions)?;
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let known = tx.permission_set_list().await?;
    match known.iter().find(|set| set.name.to_lowercase() == name.to_lowercase()) {
        Some(before) => manager.check(permissions_of(before)?)?,
        None if known.len() >= MOST => return Err(ManageError::TooMany),
        None => {}
    }
    let id = tx.permission_set_save(name, permissions).await?;
    let detail = json!({ "set": id.to_string(), "name": name, "permissions": permissions });
    audit::record(&tx, &*tenancy.clock, manager.by, "staff.set", detail).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes a set away that nobody has.
pub async fn set_remove(
    tenancy: &Tenancy,
    tenant: &Tenant,
    id: i64,
    manager: Manager<'_>,
) -> Result<(), ManageError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let set = tx.permission_set_fetch(id).await?.ok_or(ManageError::UnknownSet)?;
    manager.check(permissions_of(&set)?)?;
    if !tx.permission_set_delete(id).await? {
        return Err(ManageError::InUse);
    }
    let detail = json!({ "set": id.to_string(), "name": set.name });
    audit::record(&tx, &*tenancy.clock, manager.by, "staff.unset", detail).await?;
    Ok(tx.commit().await?)
}

/// What a set allows.
pub fn permissions_of(set: &PermissionSet) -> Result<Permissions> {
    set.permissions
        .parse()
        .map_err(|error| Error::Inconsistent(format!("permission set {}: {error}", set.id)))
}
