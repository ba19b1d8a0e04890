//! `/console/mailbox`: what was written to people, where no mail server is set.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Room;
use crate::render::View;

#[derive(Debug, Clone, Serialize)]
pub struct MailboxView {
    pub room: Room,
    /// The newest first.
    pub letters: Vec<LetterRow>,
    /// How many the mailbox keeps.
    pub most: u32,
}

#[derive(Debug, Clone, Serialize)]
pub struct LetterRow {
    pub at: DateTime<Utc>,
    pub to: String,
    pub subject: String,
    pub body: String,
}

impl View for MailboxView {
    const TEMPLATE: &'static str = "console/mailbox.html";
}

#[cfg(test)]
impl MailboxView {
    pub(crate) fn samples() -> Vec<Self> {
        let letter = LetterRow {
            at: DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time"),
            to: "ann@moe.example".to_owned(),
            subject: "Your invitation to <Education>".to_owned(),
            body: "Good day,\n\nCode: K7QX".to_owned(),
        };
        let full = Self { room: Room::Mailbox, letters: vec![letter.clone(), letter], most: 200 };
        vec![Self { letters: Vec::new(), ..full.clone() }, full]
    }
}
