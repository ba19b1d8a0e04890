//! Codes on paper: ten, shown once, each good for one time.

use belfry_model::{Secret, StaffId, Tenant};
use belfry_storage::TenantTx;
use serde_json::json;

use super::{FactorError, has_app, tell};
use crate::mail::Message;
use crate::staff::{self, Staff};
use crate::{By, Result, Tenancy, audit};

/// As many as fit on a card.
pub const CODES: usize = 10;

pub(super) async fn replace(tx: &TenantTx, staff: StaffId) -> Result<Vec<Secret>> {
    let codes = (0..CODES).map(|_| staff::code()).collect::<Result<Vec<_>>>()?;
    let hashes = codes.iter().map(|code| staff::code_hash(code.expose())).collect();
    tx.recovery_replace(staff, hashes).await?;
    Ok(codes)
}

/// Ten new codes in place of all others, for somebody who has an app.
pub async fn renew(
    tenancy: &Tenancy,
    tenant: &Tenant,
    staff: &Staff,
    by: &By,
) -> Result<Vec<Secret>, FactorError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    if !has_app(&tx, staff.id).await? {
        return Err(FactorError::Nothing);
    }
    let codes = replace(&tx, staff.id).await?;
    tell(tenancy, &tx, tenant, staff, Message::new("mail-recovery-renewed")).await?;
    let detail = json!({ "staff": staff.id.to_string() });
    audit::record(&tx, &*tenancy.clock, by, "factor.codes", detail).await?;
    tx.commit().await?;
    Ok(codes)
}
