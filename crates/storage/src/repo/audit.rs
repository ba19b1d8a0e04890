//! What people did: added to, never changed. The database chains each row to the one before.

use std::net::IpAddr;

use belfry_model::{StaffId, TenantId};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};

use crate::entity::audit_event;
use crate::{Result, TenantTx};

/// The nouns of acts that are people's daily work rather than governing: the lead agency has no
/// business with these.
const CONTENT: &[&str] =
    &["status", "relationship", "media", "message", "report", "poll", "session", "token"];

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

const INSERT: &str = "
    INSERT INTO audit_event
        (tenant_id, at, staff_id, origin, who, client, address, reason, governs, action, detail)
    VALUES ($1, $2, $3, $4,
        COALESCE(NULLIF($5, ''),
            (SELECT CASE display_name WHEN '' THEN email ELSE display_name || ' <' || email || '>' END
             FROM staff WHERE tenant_id = $1 AND id = $3), ''),
        $6, $7, $8, $9, $10, $11)";

impl TenantTx {
    /// Until the transaction ends no other act of this tenant is recorded: do it last. A person
    /// of this tenant who isn't named is named as the tenant knows them.
    pub async fn audit_insert(&self, new: NewAuditEvent<'_>) -> Result<()> {
        // A person of another tenant (the lead agency's) is named, not referred to.
        let own = new.by.tenant.is_none_or(|tenant| tenant == self.tenant());
        let values = [
            self.tenant().0.into(),
            new.at.into(),
            new.by.staff.filter(|_| own).map(|id| id.0).into(),
            if own { new.by.origin } else { "lead" }.into(),
            new.by.who.into(),
            new.by.client.into(),
            new.by.address_text().into(),
            new.by.reason.into(),
            new.governs().into(),
            new.action.into(),
            new.detail.into(),
        ];
        self.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, INSERT, values)).await?;
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
