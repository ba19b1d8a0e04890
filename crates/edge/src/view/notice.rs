//! What an agency's people are told of what others did to it.

use chrono::{DateTime, Utc};
use serde::Serialize;

/// One notice, at the top of the agency's overview.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeItem {
    pub id: String,
    /// Of its text: `tenant-phase`.
    pub key: String,
    pub at: DateTime<Utc>,
    pub by: NoticeBy,
    /// The person's name, where it was one.
    pub who: String,
    pub reason: String,
    /// What the text tells of; empty where it needs nothing.
    pub what: String,
    pub from: String,
}

/// On whose word it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeBy {
    Lead,
    Operator,
    Platform,
}

impl NoticeBy {
    /// The audit's word for where an act came from.
    pub fn of(origin: &str) -> Self {
        match origin {
            "command" => Self::Operator,
            "platform" => Self::Platform,
            _ => Self::Lead,
        }
    }
}

#[cfg(test)]
impl NoticeItem {
    pub(crate) fn samples() -> Vec<Self> {
        let by = [NoticeBy::Lead, NoticeBy::Operator, NoticeBy::Platform];
        belfry_tenancy::notice::ACTS
            .iter()
            .zip(by.into_iter().cycle())
            .map(|(act, by)| Self {
                id: "7".to_owned(),
                key: act.replace('.', "-"),
                at: DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time"),
                by,
                who: if by == NoticeBy::Lead { "<b>Ann".to_owned() } else { String::new() },
                reason: if by == NoticeBy::Platform { String::new() } else { "The agreement".to_owned() },
                what: "public".to_owned(),
                from: "pilot".to_owned(),
            })
            .collect()
    }
}
