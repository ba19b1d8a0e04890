//! The platform's own mailbox: what would have been sent, where no server is set.

use belfry_storage::{AdminDb, row};
use chrono::{DateTime, Utc};

use super::Letter;
use crate::{Keys, Result};

/// A letter, opened to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub at: DateTime<Utc>,
    pub to: String,
    pub subject: String,
    pub body: String,
}

/// The newest letters first. What another platform key has sealed is left out.
pub async fn received(keys: &Keys, admin: &AdminDb, limit: u32) -> Result<Vec<Received>> {
    let rows = admin.mail_list(limit.into()).await?;
    Ok(rows.iter().filter_map(|row| opened(keys, row).map(|letter| (row, letter))).map(of).collect())
}

fn of((row, letter): (&row::Mail, Letter)) -> Received {
    Received { at: row.queued_at, to: letter.to.to_string(), subject: letter.subject, body: letter.body }
}

pub(super) fn opened(keys: &Keys, row: &row::Mail) -> Option<Letter> {
    serde_json::from_slice(&keys.letter_open(&row.reference, &row.sealed)?).ok()
}
