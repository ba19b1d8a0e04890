//! A post as pages show it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::AccountCard;

#[derive(Debug, Clone, Serialize)]
pub struct Post {
    /// Its page: ours, or on its author's server.
    pub href: String,
    pub at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
    pub author: AccountCard,
    /// Sanitised when it was stored.
    pub content_html: String,
    /// The warning under which the text is folded; empty for none.
    pub warning: String,
    /// BCP 47, where the author said so.
    pub language: Option<String>,
    pub attachments: Vec<Attachment>,
    pub boosted_by: Option<AccountCard>,
    pub replies: i64,
    pub boosts: i64,
    pub favourites: i64,
    /// The post that a thread page is about.
    pub is_focus: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Attachment {
    pub href: String,
    /// A picture of ours to show; without one there is a link.
    pub preview: Option<String>,
    pub description: String,
}

/// Newer and older, by addresses.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Paging {
    pub newer: Option<String>,
    pub older: Option<String>,
}

#[cfg(test)]
impl Post {
    pub(crate) fn samples() -> Vec<Self> {
        let plain = Self {
            href: "/@moe/1".to_owned(),
            at: DateTime::from_timestamp_millis(1_769_860_800_000).expect("a time"),
            edited_at: None,
            author: AccountCard::sample(),
            content_html: "<p>School starts on Monday.</p>".to_owned(),
            warning: String::new(),
            language: Some("en".to_owned()),
            attachments: Vec::new(),
            boosted_by: None,
            replies: 1,
            boosts: 0,
            favourites: 2,
            is_focus: false,
        };
        let full = Self {
            edited_at: Some(plain.at),
            warning: "Long <read>".to_owned(),
            attachments: vec![
                Attachment {
                    href: "https://media.social.example/1/b.png".to_owned(),
                    preview: Some("https://media.social.example/1/b-small.png".to_owned()),
                    description: "A \"school\"".to_owned(),
                },
                Attachment {
                    href: "https://elsewhere.example/c.mp4".to_owned(),
                    preview: None,
                    description: String::new(),
                },
            ],
            boosted_by: Some(AccountCard::sample()),
            author: AccountCard::stranger(),
            language: None,
            is_focus: true,
            ..plain.clone()
        };
        vec![plain, full]
    }
}
