//! `/api/belfry/v1/confirmations`: acts that wait for a second person.

pub mod confirm;
pub mod index;
pub mod propose;
pub mod withdraw;

use belfry_storage::row;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// An act that a second person has to confirm.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Proposal)]
pub struct ProposalEntity {
    /// 64 bits, as text.
    pub id: String,
    /// `transfer-lead` or `break-glass`.
    pub kind: String,
    /// The agency that it is about, by its id.
    pub tenant: String,
    /// Whom it would invite; empty where it invites nobody.
    pub email: String,
    pub reason: String,
    pub proposed_by: String,
    #[schema(value_type = String, format = DateTime)]
    pub proposed_at: DateTime<Utc>,
    /// Confirmed later than this, it is refused.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: DateTime<Utc>,
    /// `open` or `confirmed`: confirmed, and cut off before it was done. Confirming it again completes it.
    pub state: String,
}

impl ProposalEntity {
    pub(super) fn of(row: row::Proposal) -> Self {
        Self {
            id: row.id.to_string(),
            kind: row.kind,
            tenant: row.about_tenant.to_string(),
            email: row.email,
            reason: row.reason,
            proposed_by: row.proposed_by,
            proposed_at: row.proposed_at,
            expires_at: row.expires_at,
            state: row.state,
        }
    }
}
