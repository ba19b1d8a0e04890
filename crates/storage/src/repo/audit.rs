//! What people did: added to, never changed. The database chains each row to the one before.

use std::net::IpAddr;

use belfry_model::{StaffId, TenantId};
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::entity::audit_event;
use crate::{Result, TenantTx};

/// The nouns of acts that speak rather than govern: what the lead agency has no business with.
const CONTENT: &[&str] = &["status", "media", "message", "report", "poll"];

/// Who acts, from where and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor<'a> {
    /// "staff", "client", "command" or "platform".
    pub origin: &'a str,
    /// Whose staff or token it is.
    pub tenant: Option<TenantId>,
    pub staff: Option<StaffId>,
    /// Name and address of the person, as they are now; empty where it is nobody in particular.
    pub who: &'a str,
    pub client: &'a str,
    pub address: Option<IpAddr>,
    pub reason: &'a str,
}

impl Actor<'_> {
    /// Whoever may run `belfry` on the platform's machine.
    pub const COMMAND: Self =
        Self { origin: "command", tenant: None, staff: None, who: "", client: "", address: None, reason: "" };

    pub(crate) fn address_text(&self) -> String {
        self.address.map(|address| address.to_string()).unwrap_or_default()
    }
}

/// Something that was done.
#[derive(Debug)]
pub struct NewAuditEvent<'a> {
    pub at: DateTime<Utc>,
    pub by: Actor<'a>,
    /// `noun.verb`
    pub action: &'a str,
    pub detail: serde_json::Value,
}

impl NewAuditEvent<'_> {
    fn governs(&self) -> bool {
        let noun = self.action.split('.').next().unwrap_or_default();
        !CONTENT.contains(&noun)
    }
}

impl TenantTx {
    /// Until the transaction ends no other act of this tenant is recorded: do it last.
    pub async fn audit_insert(&self, new: NewAuditEvent<'_>) -> Result<()> {
        // A person of another tenant (the lead agency's) is named, not referred to.
        let own = new.by.tenant.is_none_or(|tenant| tenant == self.tenant());
        audit_event::Entity::insert(audit_event::ActiveModel {
            tenant_id: Set(self.tenant().0),
            at: Set(new.at),
            staff_id: Set(new.by.staff.filter(|_| own).map(|id| id.0)),
            origin: Set(if own { new.by.origin } else { "lead" }.to_owned()),
            who: Set(new.by.who.to_owned()),
            client: Set(new.by.client.to_owned()),
            address: Set(new.by.address_text()),
            reason: Set(new.by.reason.to_owned()),
            governs: Set(new.governs()),
            action: Set(new.action.to_owned()),
            detail: Set(new.detail),
            ..Default::default()
        })
        .exec_without_returning(self)
        .await?;
        Ok(())
    }

    /// The newest first.
    pub async fn audit_list(&self, limit: u64) -> Result<Vec<audit_event::Model>> {
        Ok(audit_event::Entity::find()
            .filter(audit_event::Column::TenantId.eq(self.tenant().0))
            .order_by_desc(audit_event::Column::Seq)
            .limit(limit)
            .all(self)
            .await?)
    }
}
