//! Codes of an app that counts time (RFC 6238): six digits, thirty seconds, SHA-1, which is what
//! every app knows.

use belfry_model::{Secret, StaffId, Tenant};
use belfry_storage::TenantTx;
use serde_json::json;
use totp_rs::{Builder, Totp};

use super::{FactorError, recovery, tell};
use crate::mail::Message;
use crate::staff::Staff;
use crate::{By, Error, Result, Tenancy, audit, token};

pub(super) const DIGITS: usize = 6;

/// Steps before and after the present one whose code is taken: clocks differ (RFC 6238 §5.2).
const SKEW: u16 = 1;

/// What an app needs to begin.
#[derive(Debug)]
pub struct Enrolment {
    /// `otpauth://totp/…`, for a picture.
    pub url: Secret,
    /// Base 32, to type.
    pub secret: Secret,
}

fn what(staff: StaffId) -> String {
    format!("totp {staff}")
}

fn totp(secret: &[u8], tenant: &str, email: &str) -> Result<Totp> {
    // A colon would end the name within the address that apps read.
    let bare = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_secret(secret.to_vec())
        .with_skew(SKEW)
        .with_issuer(Some(bare(tenant)))
        .with_account_name(bare(email))
        .build()
        .map_err(|error| Error::Inconsistent(format!("a secret of an app: {error}")))
}

/// Makes a secret for an app that is not set up yet.
pub async fn begin(tenancy: &Tenancy, tenant: &Tenant, staff: &Staff) -> Result<(), FactorError> {
    // 160 bits (RFC 4226 §4).
    let secret = token::random::<20>()?;
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let sealed = tenancy.keys.held_seal(&tx, &what(staff.id), &secret).await?;
    if !tx.totp_begin(staff.id, sealed, tenancy.clock.now()).await? {
        return Err(FactorError::Taken);
    }
    Ok(tx.commit().await?)
}

/// What the app that is being set up needs; `None` if none is.
pub async fn enrolling(tenancy: &Tenancy, tenant: &Tenant, staff: &Staff) -> Result<Option<Enrolment>> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let Some(row) = tx.totp_fetch(staff.id).await?.filter(|row| row.confirmed_at.is_none()) else {
        return Ok(None);
    };
    let secret = open(tenancy, &tx, staff.id, &row.sealed).await?;
    tx.commit().await?;
    let totp = totp(&secret, &tenant.name, &staff.email)?;
    let url =
        totp.to_url().map_err(|error| Error::Inconsistent(format!("the address of an app: {error}")))?;
    Ok(Some(Enrolment { url: Secret::new(url), secret: Secret::new(totp.secret().to_base32()) }))
}

/// The app's first code was typed: from now on it counts. Comes with codes on paper, shown this
/// once, if there are none yet.
pub async fn confirm(
    tenancy: &Tenancy,
    tenant: &Tenant,
    staff: &Staff,
    code: &Secret,
    by: &By,
) -> Result<Vec<Secret>, FactorError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let row = tx.totp_fetch(staff.id).await?.filter(|row| row.confirmed_at.is_none());
    let row = row.ok_or(FactorError::Nothing)?;
    let secret = open(tenancy, &tx, staff.id, &row.sealed).await?;
    let step = step(tenancy, &secret, code.expose())?.ok_or(FactorError::Wrong)?;
    if !tx.totp_confirm(staff.id, step, tenancy.clock.now()).await? {
        return Err(FactorError::Nothing);
    }
    let codes = if tx.recovery_left(staff.id).await? == 0 {
        recovery::replace(&tx, staff.id).await?
    } else {
        Vec::new()
    };
    tell(tenancy, &tx, tenant, staff, Message::new("mail-factor-added")).await?;
    let detail = json!({ "staff": staff.id.to_string(), "kind": "app" });
    audit::record(&tx, &*tenancy.clock, by, "factor.add", detail).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Uses a code of the app's up. `false` if it is wrong or was used.
pub(super) async fn prove(tenancy: &Tenancy, tx: &TenantTx, staff: StaffId, code: &str) -> Result<bool> {
    let Some(row) = tx.totp_fetch(staff).await?.filter(|row| row.confirmed_at.is_some()) else {
        return Ok(false);
    };
    let secret = open(tenancy, tx, staff, &row.sealed).await?;
    match step(tenancy, &secret, code)? {
        Some(step) => Ok(tx.totp_use(staff, step).await?),
        None => Ok(false),
    }
}

async fn open(tenancy: &Tenancy, tx: &TenantTx, staff: StaffId, sealed: &[u8]) -> Result<Vec<u8>> {
    let opened = tenancy.keys.held_open(tx, &what(staff), sealed).await?;
    opened.ok_or_else(|| Error::Inconsistent(format!("the sealed secret of the app of staff {staff}")))
}

/// The step that a code is of.
fn step(tenancy: &Tenancy, secret: &[u8], code: &str) -> Result<Option<i64>> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let now = u64::try_from(tenancy.clock.now().timestamp()).unwrap_or_default();
    let step = totp(secret, "", "")?.check(&code, now);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}
