//! Sessions of signed-in people: a random token in a cookie, of one tenant, for a time.

use std::net::IpAddr;

use belfry_model::{Secret, StaffId, TenantScope};
use chrono::TimeDelta;
use serde_json::json;

use crate::staff::Staff;
use crate::token::{self, Fresh};
use crate::{By, Result, Tenancy, audit};

/// The token goes into the cookie; it is not kept. `from` is where the person signed in.
pub async fn start(
    tenancy: &Tenancy,
    scope: TenantScope,
    staff: StaffId,
    from: Option<IpAddr>,
) -> Result<Secret> {
    let fresh = Fresh::token()?;
    let now = tenancy.clock.now();
    let expires_at = now + TimeDelta::hours(tenancy.settings.session_hours.into());
    let tx = tenancy.app.tenant(scope).await?;
    // Once per sign-in is often enough, and needs no scheduler.
    tx.session_delete_expired(now).await?;
    tx.session_insert(&fresh.hash, staff, now, expires_at).await?;
    let by = By::staff_by_id(scope.tenant(), staff).from(from);
    audit::record(&tx, &*tenancy.clock, &by, "session.start", json!({})).await?;
    tx.commit().await?;
    Ok(fresh.secret)
}

/// Who is signed in. Nobody, if the session is another tenant's, has expired, or its person
/// is disabled.
pub async fn find(tenancy: &Tenancy, scope: TenantScope, token: &str) -> Result<Option<Staff>> {
    let tx = tenancy.app.tenant(scope).await?;
    let row = tx.session_staff(&token::hash(token), tenancy.clock.now()).await?;
    tx.commit().await?;
    row.map(Staff::try_from).transpose()
}

/// Ending what is not there is no error: signing out twice is signing out. `from` is where the
/// person signed out.
pub async fn end(tenancy: &Tenancy, scope: TenantScope, token: &str, from: Option<IpAddr>) -> Result<()> {
    let tx = tenancy.app.tenant(scope).await?;
    let hash = token::hash(token);
    if let Some(staff) = tx.session_staff(&hash, tenancy.clock.now()).await? {
        tx.session_delete(&hash).await?;
        let by = By::staff_by_id(scope.tenant(), StaffId(staff.id)).from(from);
        audit::record(&tx, &*tenancy.clock, &by, "session.end", json!({})).await?;
    }
    Ok(tx.commit().await?)
}
