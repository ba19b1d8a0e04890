//! The urgent lane: a public warning goes before every backlog.
//!
//! Invariants: the permission is the tenant's, the role the person's, and both are read in the
//! transaction that posts, as is how many went before: neither a revoked permission nor ten
//! requests at once get more through than may. Whatever follows an urgent post counts as well.

use belfry_model::{Lane, Permission, StatusId};
use belfry_storage::TenantTx;
use belfry_tenancy::staff::Staff;

use crate::{Error, Forbidden, Result, Social};

impl Social {
    /// A token that a command made has nobody behind it: whoever could make it may.
    pub(super) async fn check_urgent(&self, tx: &TenantTx, staff: Option<&Staff>) -> Result<()> {
        if !tx.urgent_permitted().await? {
            return Err(Forbidden::UrgentTenant.into());
        }
        if staff.is_some_and(|staff| !staff.may(Permission::PostUrgent)) {
            return Err(Forbidden::UrgentRole.into());
        }
        match tx.urgent_wait(self.limits.urgent_per_hour).await? {
            None => Ok(()),
            Some(retry_after) => Err(Error::TooManyUrgent { retry_after }),
        }
    }

    /// The lane for what follows a post: its correction must not come long after it. Beyond the
    /// number of an hour it goes with everything else rather than not at all.
    pub(super) async fn lane_after(&self, tx: &TenantTx, status: StatusId) -> Result<Lane> {
        match tx.outbox_lane_of_status(status).await? {
            Some(Lane::Urgent) if tx.urgent_wait(self.limits.urgent_per_hour).await?.is_none() => {
                Ok(Lane::Urgent)
            }
            // A correction of what went out in bulk is no bulk.
            Some(Lane::Urgent | Lane::Normal | Lane::Bulk) | None => Ok(Lane::Normal),
        }
    }
}
