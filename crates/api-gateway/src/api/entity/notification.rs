//! `Notification`.

use serde::Serialize;

use super::{Account, Status, Timestamp};

#[derive(Debug, Clone, Serialize)]
pub struct Notification {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub created_at: Timestamp,
    pub group_key: String,
    pub account: Account,
    /// Absent, not `null`, where the kind has none: clients test for the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}
