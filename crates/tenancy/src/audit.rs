//! Who did what in a tenant, recorded in the transaction that does it.

use belfry_model::{Clock, StaffId};
use belfry_storage::{NewAuditEvent, TenantTx};

use crate::Result;

/// On whose word something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Somebody who is signed in to the tenant.
    Staff(StaffId),
    /// Whoever may run `belfry` on the platform's machine.
    Command,
    /// Nobody in particular: the platform itself.
    Platform,
}

impl By {
    pub fn origin(self) -> &'static str {
        match self {
            Self::Staff(_) => "staff",
            Self::Command => "command",
            Self::Platform => "platform",
        }
    }

    pub fn staff(self) -> Option<StaffId> {
        match self {
            Self::Staff(id) => Some(id),
            Self::Command | Self::Platform => None,
        }
    }
}

/// `action` is `noun.verb`; `detail` names rows and never holds a secret or a post's text.
pub async fn record(
    tx: &TenantTx,
    clock: &dyn Clock,
    by: By,
    action: &str,
    detail: serde_json::Value,
) -> Result<()> {
    tx.audit_insert(NewAuditEvent {
        at: clock.now(),
        staff: by.staff(),
        origin: by.origin(),
        action,
        detail,
    })
    .await?;
    Ok(())
}
