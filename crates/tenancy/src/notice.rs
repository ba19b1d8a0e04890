//! Notices: what the lead agency, the operator or the platform did to an agency, which its people
//! must see.
//!
//! Invariant: a notice is the record of the act itself, so that none can be missing or wrong. An act
//! of governance about a tenant whose name stands in [`ACTS`] is one without further doing; what is
//! done in the tenant's own transaction by others becomes one by [`post`].

use belfry_model::TenantScope;
use belfry_storage::{TenantTx, row};

use crate::{By, Result, Tenancy, audit};

/// The acts that are notices. Each has a text `notice-<noun>-<verb>` in every language, which may
/// use `what` (the first of [`WHAT`] in the act's detail) and `from`.
pub const ACTS: &[&str] = &[
    "tenant.phase",
    "lead.transfer",
    "tenant.break-glass",
    "tenant.rename",
    "tenant.peer_add",
    "tenant.peer_remove",
    "tenant.delete",
    "tenant.keep",
    "tenant.suspend",
    "tenant.resume",
    "tenant.urgent",
    "tenant.wipe_on",
];

/// What a detail may call the thing that a text tells of.
pub const WHAT: &[&str] = &["to", "what", "until", "host", "urgent"];

/// Older ones than these many are not shown until newer ones are put away.
const SHOWN: u32 = 10;

/// Records something that others did in this tenant's own transaction, and shows it. The last
/// thing in the transaction, as with every record; `act` stands in [`ACTS`].
pub async fn post(
    tenancy: &Tenancy,
    tx: &TenantTx,
    act: &str,
    detail: serde_json::Value,
    by: &By,
) -> Result<()> {
    audit::record(tx, &*tenancy.clock, by, act, detail).await
}

/// What nobody has put away yet, the newest first.
pub async fn open(tenancy: &Tenancy, scope: TenantScope) -> Result<Vec<row::Notice>> {
    let tx = tenancy.app.tenant(scope).await?;
    let notices = tx.notice_list(ACTS, SHOWN).await?;
    tx.commit().await?;
    Ok(notices)
}

/// Puts a notice away, for all people of the tenant. `false` if it has no such notice.
pub async fn dismiss(tenancy: &Tenancy, scope: TenantScope, id: i64, by: &By) -> Result<bool> {
    let tx = tenancy.app.tenant(scope).await?;
    if !tx.notice_dismiss(id, ACTS, by.staff_id(), tenancy.clock.now()).await? {
        return Ok(false);
    }
    let detail = serde_json::json!({ "notice": id.to_string() });
    audit::record(&tx, &*tenancy.clock, by, "notice.dismiss", detail).await?;
    tx.commit().await?;
    Ok(true)
}
