//! The second way in which somebody proves who they are: codes of an app, and codes on paper.
//!
//! Invariant: a code works once. What could make one (the app's secret) is sealed with the tenant's
//! key and bound to the person; of codes on paper only the hash is kept.

pub mod demand;
mod recovery;
mod totp;

use belfry_model::{Secret, StaffId, Tenant, TenantScope};
use belfry_storage::TenantTx;
use serde_json::json;

pub use recovery::{CODES, renew};
pub use totp::{Enrolment, begin, confirm, enrolling};

use crate::mail::{self, Message};
use crate::staff::Staff;
use crate::{By, EmailAddress, Error, Result, Tenancy, audit, error};

#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    #[error("this code is not right, or was used before: wait for the next one")]
    Wrong,
    #[error("an app is set up already: remove it first")]
    Taken,
    #[error("no app is being set up")]
    Nothing,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(FactorError: Error, belfry_storage::Error);

/// What somebody has beside a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    pub app: bool,
    pub recovery_left: u64,
}

/// What somebody has beside a password.
pub async fn status(tenancy: &Tenancy, scope: TenantScope, staff: StaffId) -> Result<Status> {
    let tx = tenancy.app.tenant(scope).await?;
    let app = has_app(&tx, staff).await?;
    let recovery_left = tx.recovery_left(staff).await?.unsigned_abs();
    tx.commit().await?;
    Ok(Status { app, recovery_left })
}

pub(crate) async fn has_app(tx: &TenantTx, staff: StaffId) -> Result<bool> {
    Ok(tx.totp_fetch(staff).await?.is_some_and(|totp| totp.confirmed_at.is_some()))
}

/// By what somebody proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    App,
    /// A code on paper; this many are left.
    Recovery {
        left: u64,
    },
}

/// Uses up a code of either kind, however it was typed. `None` if it is none of theirs.
pub(crate) async fn prove(
    tenancy: &Tenancy,
    tx: &TenantTx,
    staff: StaffId,
    code: &Secret,
) -> Result<Option<Proof>> {
    let typed: String = code.expose().chars().filter(|c| !c.is_whitespace()).collect();
    if typed.len() == totp::DIGITS && typed.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(totp::prove(tenancy, tx, staff, &typed).await?.then_some(Proof::App));
    }
    let hash = crate::staff::code_hash(&typed);
    if !tx.recovery_use(staff, hash, tenancy.clock.now()).await? {
        return Ok(None);
    }
    Ok(Some(Proof::Recovery { left: tx.recovery_left(staff).await?.unsigned_abs() }))
}

/// Takes the app and the codes on paper away. `false` if there was none.
pub async fn remove(tenancy: &Tenancy, tenant: &Tenant, staff: &Staff, by: &By) -> Result<bool> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    if !tx.factor_delete_of(staff.id).await? {
        return Ok(false);
    }
    tell(tenancy, &tx, tenant, staff, Message::new("mail-factor-removed")).await?;
    audit::record(&tx, &*tenancy.clock, by, "factor.remove", json!({ "staff": staff.id.to_string() }))
        .await?;
    tx.commit().await?;
    Ok(true)
}

/// Tells somebody by letter what happened to the way in which they sign in.
pub(crate) async fn tell(
    tenancy: &Tenancy,
    tx: &TenantTx,
    tenant: &Tenant,
    staff: &Staff,
    message: Message<'_>,
) -> Result<()> {
    let to: EmailAddress = staff
        .email
        .parse()
        .map_err(|error| Error::Inconsistent(format!("the address of staff {}: {error}", staff.id)))?;
    let at = tenancy.clock.now().format("%Y-%m-%d %H:%M").to_string();
    let message =
        message.with("agency", tenant.name.as_str()).with("email", staff.email.as_str()).with("at", at);
    let language = staff.language.as_deref().unwrap_or(&tenant.language);
    mail::queue(tenancy, tx, &to, language, &message).await
}
