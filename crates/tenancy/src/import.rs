//! Many agencies from one list: read, checked, and worked off row by row.
//!
//! Invariant: what became of each row is in the database before the next is begun, and a list is
//! worked off by one process at a time. A crash costs the row that was under way, and making a
//! tenant completes what an interrupted attempt left. Running a list again changes nothing.

mod check;
mod list;

use std::time::Duration;

use belfry_model::{Tenant, TenantId, TenantState, Username};
use belfry_storage::{AdminDb, row};

pub use check::check;
pub use list::{LARGEST_LIST, Line, MOST_ROWS, UnreadableList, read};

use crate::provision::{self, ProvisionError};
use crate::staff::Invitation;
use crate::{By, Result, Tenancy, official};

/// How long a row may take before another process may go on with the list.
const LEASE: Duration = Duration::from_mins(1);
/// Between two looks for a list that waits.
const IDLE: Duration = Duration::from_secs(2);

/// What became of a row, for whoever watches.
#[derive(Debug)]
pub struct Settled<'a> {
    pub row: &'a row::TenantImportRow,
    /// Of a tenant that was made now. Its code is shown here and kept nowhere.
    pub invitation: Option<Invitation>,
}

/// Works a list off, this one or the oldest that waits. `false` if there is none, or another
/// process is at it.
pub async fn run(
    tenancy: &Tenancy,
    admin: &AdminDb,
    only: Option<i64>,
    mut watch: impl FnMut(Settled<'_>) + Send,
) -> Result<bool> {
    let Some(import) = admin.tenant_import_claim(only, LEASE).await? else { return Ok(false) };
    let Some(holder) = import.lease_by else { return Ok(false) };
    let by = By::recorded(&import);
    while let Some(mut row) = admin.tenant_import_next(import.id, holder, LEASE).await? {
        let invitation = make(tenancy, admin, &mut row, &by).await?;
        admin.tenant_import_settle(holder, &row).await?;
        watch(Settled { row: &row, invitation });
    }
    admin.tenant_import_finish(import.id, holder).await.map_err(Into::into)
}

/// Works lists off for as long as it is polled.
pub async fn work(tenancy: Tenancy, admin: AdminDb) {
    loop {
        match run(&tenancy, &admin, None, |_| {}).await {
            // Another may wait behind it.
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(IDLE).await,
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a list of agencies can't be worked off; it is tried again"
                );
                tokio::time::sleep(IDLE).await;
            }
        }
    }
}

/// Makes the tenant of a row, and writes into the row what became of it.
async fn make(
    tenancy: &Tenancy,
    admin: &AdminDb,
    row: &mut row::TenantImportRow,
    by: &By,
) -> Result<Option<Invitation>> {
    // Looked at again: others may have been at work since it was checked.
    check::again(tenancy, admin, row).await?;
    if !matches!(row.outcome.as_str(), "new" | "unfinished") {
        return Ok(None);
    }
    let new = match check::parse(row) {
        Ok(new) => new,
        Err(refusal) => {
            refusal.write(row);
            return Ok(None);
        }
    };
    if let Some(tenant) = tenancy.directory.by_slug(&new.slug).filter(|tenant| tenant.is_live()) {
        // All but its handle was made by an attempt that was cut off.
        "completed".clone_into(&mut row.outcome);
        vouch(tenancy, admin, &tenant, row, by).await;
        return Ok(None);
    }
    match provision::create_tenant(tenancy, admin, &new, by).await {
        Ok(created) => {
            let outcome = if created.resumed { "completed" } else { "created" };
            outcome.clone_into(&mut row.outcome);
            vouch(tenancy, admin, &created.tenant, row, by).await;
            Ok(Some(created.invitation))
        }
        Err(ProvisionError::Internal(error)) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                line = row.line,
                "a row of a list of agencies failed"
            );
            "failed".clone_into(&mut row.outcome);
            "internal".clone_into(&mut row.reason);
            "something went wrong on our side; it was recorded".clone_into(&mut row.detail);
            Ok(None)
        }
        Err(error) => {
            check::refusal(&error).write(row);
            Ok(None)
        }
    }
}

/// Gives the official handle that a row asks for. What stands in the way is said in the row.
async fn vouch(tenancy: &Tenancy, admin: &AdminDb, tenant: &Tenant, row: &mut row::TenantImportRow, by: &By) {
    if let (Some(handle), Ok(account)) = (check::handle(row), tenant.slug.as_str().parse::<Username>())
        && let Err(error) = official::give(tenancy, admin, tenant, &account, &handle, by).await
    {
        "handle-taken".clone_into(&mut row.reason);
        row.detail = error.to_string();
    }
}

impl By {
    /// Whoever had a list run.
    fn recorded(import: &row::TenantImport) -> Self {
        let by = match (import.origin.as_str(), import.by_tenant.map(TenantId)) {
            ("staff", Some(tenant)) => import.staff_id.map_or_else(
                || Self::program(tenant),
                |id| Self::staff_named(tenant, belfry_model::StaffId(id), import.who.clone()),
            ),
            ("client", Some(tenant)) => Self::program(tenant),
            ("command", _) => Self::command(),
            _ => Self::platform(),
        };
        let by = match import.address.parse::<std::net::IpAddr>() {
            Ok(address) => by.from(address),
            Err(_) => by,
        };
        by.through(import.client.clone()).because(&import.reason)
    }
}

/// Whether a tenant in this state is there for good or bad: no list changes it.
fn is_settled(state: TenantState) -> bool {
    state != TenantState::Provisioning
}
