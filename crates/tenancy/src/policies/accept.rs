//! Accepting: who posts for an agency has read what it asks of them.
//!
//! Invariant: an acceptance is of one edition, by one person, for themselves; another edition is to
//! be accepted anew.

use belfry_model::{Edition, Permission, PolicyKind, StaffId, Tenant, TenantScope};
use belfry_storage::{Acceptance, DuePolicy, TenantTx};
use chrono::{DateTime, Utc};
use serde_json::json;

use super::compose::known;
use super::history::{entries, holding};
use crate::staff::Staff;
use crate::{By, Error, Result, Tenancy, audit, error};

#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// It changed since they read it, or never was.
    #[error("this edition is not in force: read the one that is")]
    NotInForce,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(AcceptError: Error, belfry_storage::Error);

/// Somebody who may post once they accepted.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub staff: Staff,
    pub policies: Vec<(PolicyKind, Edition)>,
}

fn edition(due: &DuePolicy) -> Result<(PolicyKind, Edition)> {
    Ok((known(&due.policy)?, Edition { baseline: due.baseline, addition: due.addition }))
}

/// What somebody has to accept before they post.
pub async fn due(
    tenancy: &Tenancy,
    scope: TenantScope,
    staff: StaffId,
) -> Result<Vec<(PolicyKind, Edition)>> {
    let tx = tenancy.app.tenant(scope).await?;
    let due = due_in(&tx, staff, tenancy.clock.now()).await?;
    tx.commit().await?;
    Ok(due)
}

/// The same within a transaction: asked before each post.
pub async fn due_in(tx: &TenantTx, staff: StaffId, now: DateTime<Utc>) -> Result<Vec<(PolicyKind, Edition)>> {
    tx.policy_due(now.date_naive(), Some(staff)).await?.iter().map(edition).collect()
}

/// Records that somebody accepted what is in force. `false` if they had before.
pub async fn accept(
    tenancy: &Tenancy,
    tenant: &Tenant,
    staff: StaffId,
    policy: PolicyKind,
    edition: Edition,
    by: &By,
) -> Result<bool, AcceptError> {
    let tx = tenancy.app.tenant(tenant.scope()).await?;
    let now = tenancy.clock.now();
    let entries = entries(&tx.policy_heads(Some(policy)).await?);
    if holding(&entries, now).is_none_or(|entry| entry.edition != edition) {
        return Err(AcceptError::NotInForce);
    }
    if !tx.policy_accept(staff, policy, edition, now).await? {
        return Ok(false);
    }
    let detail = json!({ "policy": policy, "edition": edition, "staff": staff.to_string() });
    audit::record(&tx, &*tenancy.clock, by, "policy.accept", detail).await?;
    tx.commit().await?;
    Ok(true)
}

/// Who accepted what, the latest first.
pub async fn accepted(
    tenancy: &Tenancy,
    scope: TenantScope,
    staff: Option<StaffId>,
    offset: u64,
    limit: u64,
) -> Result<Vec<Acceptance>> {
    let tx = tenancy.app.tenant(scope).await?;
    let accepted = tx.policy_acceptances(staff, offset, limit).await?;
    tx.commit().await?;
    Ok(accepted)
}

/// Who may post and has not accepted yet, by e-mail address.
pub async fn waiting(tenancy: &Tenancy, scope: TenantScope) -> Result<Vec<Waiting>> {
    let tx = tenancy.app.tenant(scope).await?;
    let due = tx.policy_due(tenancy.clock.now().date_naive(), None).await?;
    let rows = tx.staff_list().await?;
    tx.commit().await?;
    let mut waiting = Vec::new();
    for row in rows {
        let staff = Staff::try_from(row)?;
        let policies: Vec<_> =
            due.iter().filter(|due| due.staff_id == staff.id.0).map(edition).collect::<Result<_>>()?;
        if staff.may(Permission::Post) && !policies.is_empty() {
            waiting.push(Waiting { staff, policies });
        }
    }
    Ok(waiting)
}
