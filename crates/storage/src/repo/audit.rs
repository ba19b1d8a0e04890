//! What people did in a tenant: added to, never changed.

use belfry_model::StaffId;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::entity::audit_event;
use crate::{Result, TenantTx};

/// Something that was done.
#[derive(Debug)]
pub struct NewAuditEvent<'a> {
    pub at: DateTime<Utc>,
    pub staff: Option<StaffId>,
    /// "staff", "command" or "platform".
    pub origin: &'a str,
    pub action: &'a str,
    pub detail: serde_json::Value,
}

impl TenantTx {
    pub async fn audit_insert(&self, new: NewAuditEvent<'_>) -> Result<()> {
        audit_event::Entity::insert(audit_event::ActiveModel {
            tenant_id: Set(self.tenant().0),
            at: Set(new.at),
            staff_id: Set(new.staff.map(|id| id.0)),
            origin: Set(new.origin.to_owned()),
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
            .order_by_desc(audit_event::Column::Id)
            .limit(limit)
            .all(self)
            .await?)
    }
}
