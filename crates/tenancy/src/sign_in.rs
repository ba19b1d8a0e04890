//! Signing in with e-mail address and password, and where somebody has one with a second factor.
//!
//! Invariant: the answer and the work are the same whether a person exists or not, and
//! nobody's guesses lock somebody else out. Who has a second factor gets nothing for the password
//! but the question for it.

mod attempt;
mod second;

use std::net::IpAddr;
use std::time::Duration;

use belfry_model::{Secret, StaffId, TenantScope};
use serde_json::json;

pub(crate) use attempt::{digest, network};
pub use second::{CodeError, prove, with_code};

use crate::staff::Staff;
use crate::{By, Tenancy, audit, error};
use attempt::Attempt;

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Unknown address, wrong password, disabled, or no password set: never said which.
    #[error("the e-mail address or the password is wrong")]
    Wrong,
    #[error("too many attempts: try again in {} minutes", retry_after.as_secs().div_ceil(60))]
    TooMany { retry_after: Duration },
    #[error(transparent)]
    Internal(crate::Error),
}
error::internal!(SignInError: crate::Error, belfry_storage::Error, belfry_cache::Error);

/// What the right password leads to.
#[derive(Debug)]
pub enum Step {
    /// Nothing else is asked for.
    In(Staff),
    /// The second factor is. `pending` is sealed, says whose password was right, and is no session.
    Second { staff: Staff, pending: Secret },
}

impl Step {
    pub fn staff(&self) -> &Staff {
        match self {
            Self::In(staff) | Self::Second { staff, .. } => staff,
        }
    }
}

/// `address` is where the request comes from, as the trusted proxies tell it.
pub async fn with_password(
    tenancy: &Tenancy,
    scope: TenantScope,
    email: &str,
    password: &Secret,
    address: IpAddr,
) -> Result<Step, SignInError> {
    let attempt = Attempt::new(scope, email, address);
    attempt.count(tenancy).await?;

    let tx = tenancy.app.tenant(scope).await?;
    let row = tx.staff_by_email(email.trim()).await?;
    let known = row.as_ref().map(|row| row.id);
    // Asked for whoever it is, so that the work is the same.
    let has_factor = crate::factor::has_app(&tx, StaffId(known.unwrap_or_default())).await?;
    tx.commit().await?;
    let row = row.filter(|row| row.disabled_at.is_none());

    let hash = row.as_ref().and_then(|row| row.password_hash.clone());
    let matches = tenancy.passwords.verify(password, hash.clone()).await?;
    let Some(staff) = row.filter(|_| matches) else {
        refused(tenancy, scope, known, address, "password").await?;
        return Err(SignInError::Wrong);
    };
    let staff = Staff::try_from(staff)?;
    if has_factor {
        let pending = second::pending(tenancy, scope, staff.id, &hash.unwrap_or_default()).await?;
        return Ok(Step::Second { staff, pending });
    }
    attempt.succeeded(tenancy).await?;
    Ok(Step::In(staff))
}

/// For whoever looks for guessing afterwards. Recorded whether the person exists or not, so that
/// the work is the same; bounded by how many attempts are heard. What was typed is no part of it:
/// people type passwords into the wrong field.
async fn refused(
    tenancy: &Tenancy,
    scope: TenantScope,
    person: Option<i64>,
    address: IpAddr,
    step: &str,
) -> Result<(), crate::Error> {
    let tx = tenancy.app.tenant(scope).await?;
    let by = By::platform().from(address);
    let detail = json!({ "staff": person.map(|id| id.to_string()), "step": step });
    audit::record(&tx, &*tenancy.clock, &by, "session.refuse", detail).await?;
    Ok(tx.commit().await?)
}
