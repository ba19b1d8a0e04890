//! `Notification`.

use belfry_social::notification::NotificationView;
use serde::Serialize;

use super::{Account, Status, Timestamp};
use crate::api::present::Present;

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

impl Notification {
    pub fn new(view: &NotificationView, present: &Present<'_>) -> Self {
        Self {
            id: view.row.id.to_string(),
            kind: view.row.kind.clone(),
            created_at: Timestamp(view.row.created_at),
            group_key: format!("ungrouped-{}", view.row.id),
            account: present.account(&view.account),
            status: view.status.as_ref().map(|status| present.status(status)),
        }
    }
}
