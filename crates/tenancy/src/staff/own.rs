//! What somebody changes about their own way in, and what a colleague may undo of it.

use belfry_model::{Secret, StaffId, Tenant};
use serde_json::json;

use super::Staff;
use super::manage::{ManageError, Manager};
use crate::mail::Message;
use crate::password::UnfitPassword;
use crate::{By, Error, Tenancy, audit, error, factor, session};

#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error(transparent)]
    Unfit(#[from] UnfitPassword),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(PasswordError: Error, belfry_storage::Error);

/// Sets one's own password anew. Every session but `keep` ends with the old one, and the person
/// gets a letter.
pub async fn change_password(
    tenancy: &Tenancy,
    tenant: &Tenant,
    staff: &Staff,
    password: &Secret,
    keep: i64,
    by: &By,
) -> Result<(), PasswordError> {
    tenancy.passwords.check(password)?;
    let hash = tenancy.passwords.hash(password.clone()).await?;
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    tx.staff_password_set(staff.id, &hash).await?;
    let ended = tx.session_delete_others(staff.id, keep).await?;
    factor::tell(tenancy, &tx, tenant, staff, Message::new("mail-password-changed")).await?;
    let detail = json!({ "staff": staff.id.to_string(), "sessions": ended });
    audit::record(&tx, &*tenancy.clock, by, "staff.password", detail).await?;
    Ok(tx.commit().await?)
}

/// Takes a colleague's second factor away, who has lost it: their sessions end, and they get a
/// letter. `false` if they had none.
pub async fn reset_factor(
    tenancy: &Tenancy,
    tenant: &Tenant,
    id: StaffId,
    manager: Manager<'_>,
) -> Result<bool, ManageError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let person = super::manage::changed(&tx, id, manager).await?;
    if !tx.factor_delete_of(id).await? {
        return Ok(false);
    }
    let ended = tx.session_delete_of(id).await?;
    let host = tenancy.names.shared_domain.to_string();
    let message =
        Message::new("mail-factor-reset").with("by", manager.by.person().unwrap_or(&host).to_owned());
    factor::tell(tenancy, &tx, tenant, &person, message).await?;
    let detail = json!({ "staff": id.to_string(), "sessions": ended });
    audit::record(&tx, &*tenancy.clock, manager.by, "factor.reset", detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends every session of somebody and revokes every token. `false` if no session was there.
pub async fn sign_out(
    tenancy: &Tenancy,
    tenant: &Tenant,
    id: StaffId,
    manager: Manager<'_>,
) -> Result<bool, ManageError> {
    managed(tenancy, tenant, id, manager).await?;
    Ok(session::end_all(tenancy, tenant.scope(), id, manager.by).await? > 0)
}

/// Somebody of this tenant, whom this manager may change.
pub async fn managed(
    tenancy: &Tenancy,
    tenant: &Tenant,
    id: StaffId,
    manager: Manager<'_>,
) -> Result<Staff, ManageError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let person = super::manage::changed(&tx, id, manager).await?;
    tx.commit().await?;
    Ok(person)
}
