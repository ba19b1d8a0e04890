//! The second step of signing in, and proving again who one is.
//!
//! Between the steps nothing is kept here: what the browser holds is sealed with the tenant's key,
//! names the person, ends after minutes, and ends with the password that it was given for.

use std::net::IpAddr;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use belfry_model::{Secret, StaffId, TenantScope};
use belfry_storage::{TenantTx, row};
use serde::{Deserialize, Serialize};

use super::attempt::{self, Attempt};
use super::{digest, refused};
use crate::factor::{self, Proof};
use crate::mail::Message;
use crate::staff::Staff;
use crate::{Error, Result, Tenancy, error};

const WHAT: &str = "sign-in";

#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// The first step was too long ago, was taken elsewhere, or is no longer worth anything.
    #[error("sign in again from the beginning")]
    Expired,
    #[error("the code or the password is not right")]
    Wrong,
    #[error("too many attempts: try again in {} minutes", retry_after.as_secs().div_ceil(60))]
    TooMany { retry_after: Duration },
    #[error(transparent)]
    Internal(Error),
}
error::internal!(CodeError: Error, belfry_storage::Error, belfry_cache::Error);

#[derive(Debug, Serialize, Deserialize)]
struct Pending {
    staff: i64,
    /// Unix time in seconds.
    at: i64,
    password: String,
}

pub(super) async fn pending(
    tenancy: &Tenancy,
    scope: TenantScope,
    staff: StaffId,
    password_hash: &str,
) -> Result<Secret> {
    let at = tenancy.clock.now().timestamp();
    let pending = Pending { staff: staff.0, at, password: mark(password_hash) };
    let plain =
        serde_json::to_vec(&pending).map_err(|error| Error::Inconsistent(format!("a sign-in: {error}")))?;
    let tx = tenancy.app.tenant(scope).await?;
    let sealed = tenancy.keys.held_seal(&tx, WHAT, &plain).await?;
    tx.commit().await?;
    Ok(Secret::new(BASE64_URL_SAFE_NO_PAD.encode(sealed)))
}

/// Enough of a hash's hash to tell one password from another.
fn mark(password_hash: &str) -> String {
    digest(password_hash).chars().take(16).collect()
}

/// Whose password was right, if that still holds.
async fn opened(tenancy: &Tenancy, tx: &TenantTx, pending: &str) -> Result<Option<row::Staff>> {
    let Ok(sealed) = BASE64_URL_SAFE_NO_PAD.decode(pending) else { return Ok(None) };
    let Some(plain) = tenancy.keys.held_open(tx, WHAT, &sealed).await? else { return Ok(None) };
    let Ok(pending) = serde_json::from_slice::<Pending>(&plain) else { return Ok(None) };
    let age = tenancy.clock.now().timestamp() - pending.at;
    if age >= i64::from(tenancy.settings.second_step_minutes) * 60 {
        return Ok(None);
    }
    let row = tx.staff_fetch(StaffId(pending.staff)).await?;
    Ok(row
        .filter(|row| row.disabled_at.is_none())
        .filter(|row| mark(row.password_hash.as_deref().unwrap_or_default()) == pending.password))
}

/// `pending` is what the first step gave; `code` is the app's or one on paper.
pub async fn with_code(
    tenancy: &Tenancy,
    scope: TenantScope,
    pending: &str,
    code: &Secret,
    address: IpAddr,
) -> Result<Staff, CodeError> {
    let tx = tenancy.app.tenant(scope).await?;
    let staff: Staff = opened(tenancy, &tx, pending).await?.ok_or(CodeError::Expired)?.try_into()?;
    let attempt = Attempt::new(scope, &staff.email, address);
    if let Some(retry_after) = attempt.count_code(tenancy).await? {
        return Err(CodeError::TooMany { retry_after });
    }
    let Some(proof) = factor::prove(tenancy, &tx, staff.id, code).await? else {
        tx.commit().await?;
        refused(tenancy, scope, Some(staff.id.0), address, "code").await?;
        return Err(CodeError::Wrong);
    };
    told(tenancy, &tx, &staff, proof).await?;
    tx.commit().await?;
    attempt.succeeded(tenancy).await?;
    Ok(staff)
}

/// Whoever did not use the code on paper themselves must hear of it.
async fn told(tenancy: &Tenancy, tx: &TenantTx, staff: &Staff, proof: Proof) -> Result<()> {
    let (Proof::Recovery { left }, Some(tenant)) = (proof, tenancy.directory.by_id(tx.tenant())) else {
        return Ok(());
    };
    let message = Message::new("mail-recovery-used").with("left", left.to_string());
    factor::tell(tenancy, tx, &tenant, staff, message).await
}

/// Somebody who is signed in proves again who they are, before they change how they sign in.
/// `code` counts for whoever has a second factor. `false` leaves the session as it is.
pub async fn prove(
    tenancy: &Tenancy,
    scope: TenantScope,
    session: i64,
    staff: &Staff,
    password: &Secret,
    code: &Secret,
    address: IpAddr,
) -> Result<(), CodeError> {
    if let Some(retry_after) = attempt::count_proof(tenancy, scope, staff.id).await? {
        return Err(CodeError::TooMany { retry_after });
    }
    let tx = tenancy.app.tenant(scope).await?;
    let row = tx.staff_fetch(staff.id).await?.ok_or(CodeError::Expired)?;
    let has_app = factor::has_app(&tx, staff.id).await?;
    let right = tenancy.passwords.verify(password, row.password_hash).await?;
    // A code is used up only where it counts.
    let proof = if right && has_app { factor::prove(tenancy, &tx, staff.id, code).await? } else { None };
    if !right || (has_app && proof.is_none()) {
        tx.commit().await?;
        refused(tenancy, scope, Some(staff.id.0), address, "proof").await?;
        return Err(CodeError::Wrong);
    }
    if let Some(proof) = proof {
        told(tenancy, &tx, staff, proof).await?;
    }
    tx.session_prove(session, tenancy.clock.now()).await?;
    Ok(tx.commit().await?)
}
