//! Who did what, from where and why, recorded in the transaction that does it.

mod chain;

use std::net::IpAddr;

use belfry_model::{Clock, StaffId, TenantId};
use belfry_storage::{Actor, NewAuditEvent, TenantTx};

use crate::Result;
use crate::staff::Staff;

pub use chain::{Break, Chain, Fault, Verdict, export_line, verify};

/// On whose word something happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    who: Who,
    address: Option<IpAddr>,
    /// The app or token that acts on their behalf.
    client: String,
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    /// Somebody who is signed in, with their name as it is now.
    Staff { tenant: TenantId, id: StaffId, name: String },
    /// A program with a token of this tenant that is nobody's in particular.
    Program { tenant: TenantId },
    /// Whoever may run `belfry` on the platform's machine.
    Command,
    /// Nobody in particular: the platform itself.
    Platform,
}

impl By {
    fn of(who: Who) -> Self {
        Self { who, address: None, client: String::new(), reason: String::new() }
    }

    /// Whoever may run `belfry` on the platform's machine.
    pub fn command() -> Self {
        Self::of(Who::Command)
    }

    /// Nobody in particular: the platform itself.
    pub fn platform() -> Self {
        Self::of(Who::Platform)
    }

    /// Somebody who is signed in to this tenant.
    pub fn staff(tenant: TenantId, staff: &Staff) -> Self {
        let name = match staff.display_name.as_str() {
            "" => staff.email.clone(),
            name => format!("{name} <{}>", staff.email),
        };
        Self::of(Who::Staff { tenant, id: staff.id, name })
    }

    /// Somebody of this tenant, by their id alone: the record knows their name.
    pub fn staff_by_id(tenant: TenantId, id: StaffId) -> Self {
        Self::of(Who::Staff { tenant, id, name: String::new() })
    }

    /// The same from a record of who asked, by the name that they had then.
    pub(crate) fn staff_named(tenant: TenantId, id: StaffId, name: String) -> Self {
        Self::of(Who::Staff { tenant, id, name })
    }

    /// A program with a token of this tenant that belongs to no person.
    pub fn program(tenant: TenantId) -> Self {
        Self::of(Who::Program { tenant })
    }

    /// Over the network from here, where that is known.
    #[must_use]
    pub fn from(self, address: impl Into<Option<IpAddr>>) -> Self {
        Self { address: address.into(), ..self }
    }

    /// Through this app or token.
    #[must_use]
    pub fn through(self, client: impl Into<String>) -> Self {
        Self { client: client.into(), ..self }
    }

    /// For this reason, in the words of who acts.
    #[must_use]
    pub fn because(self, reason: impl AsRef<str>) -> Self {
        Self { reason: reason.as_ref().trim().to_owned(), ..self }
    }

    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Name and address of the person, if it is one.
    pub fn person(&self) -> Option<&str> {
        match &self.who {
            Who::Staff { name, .. } => Some(name),
            Who::Program { .. } | Who::Command | Who::Platform => None,
        }
    }

    /// The person, if it is one.
    pub fn staff_id(&self) -> Option<StaffId> {
        match &self.who {
            Who::Staff { id, .. } => Some(*id),
            Who::Program { .. } | Who::Command | Who::Platform => None,
        }
    }

    /// Who it is, for acts that two people confirm: the same by whatever door. `None` for what is
    /// nobody in particular.
    pub fn identity(&self) -> Option<String> {
        match &self.who {
            Who::Staff { tenant, id, .. } => Some(format!("staff:{tenant}:{id}")),
            Who::Command => Some("command".to_owned()),
            Who::Program { .. } | Who::Platform => None,
        }
    }

    /// As the record names it.
    pub fn actor(&self) -> Actor<'_> {
        let (origin, tenant, who) = match &self.who {
            Who::Staff { tenant, name, .. } => ("staff", Some(*tenant), name.as_str()),
            Who::Program { tenant } => ("client", Some(*tenant), ""),
            Who::Command => ("command", None, ""),
            Who::Platform => ("platform", None, ""),
        };
        Actor {
            origin,
            tenant,
            staff: self.staff_id(),
            who,
            client: &self.client,
            address: self.address,
            reason: &self.reason,
        }
    }
}

/// `action` is `noun.verb`; `detail` names rows and never holds a secret or a post's text.
pub async fn record(
    tx: &TenantTx,
    clock: &dyn Clock,
    by: &By,
    action: &str,
    detail: serde_json::Value,
) -> Result<()> {
    tx.audit_insert(NewAuditEvent { at: clock.now(), by: by.actor(), action, detail }).await?;
    Ok(())
}
