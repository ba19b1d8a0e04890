//! `Status`: a post or a boost.

use belfry_model::Visibility;
use serde::Serialize;

use super::{Account, Application, MediaAttachment, Nothing, Timestamp};

#[derive(Debug, Clone, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "the shape is Mastodon's")]
pub struct Status {
    pub id: String,
    pub created_at: Timestamp,
    pub in_reply_to_id: Option<String>,
    pub in_reply_to_account_id: Option<String>,
    pub sensitive: bool,
    pub spoiler_text: String,
    pub visibility: Visibility,
    pub language: Option<String>,
    pub uri: String,
    pub url: Option<String>,
    pub replies_count: u64,
    pub reblogs_count: u64,
    pub favourites_count: u64,
    pub quotes_count: u64,
    pub edited_at: Option<Timestamp>,
    pub favourited: bool,
    pub reblogged: bool,
    pub muted: bool,
    pub bookmarked: bool,
    pub pinned: bool,
    pub filtered: Nothing,
    pub content: String,
    /// As typed: only in the answer to a deletion, for redrafting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub reblog: Option<Box<Status>>,
    pub application: Option<Application>,
    pub account: Account,
    pub media_attachments: Vec<MediaAttachment>,
    pub mentions: Vec<Mention>,
    pub tags: Vec<TagOfStatus>,
    pub emojis: Nothing,
    pub card: Option<()>,
    pub poll: Option<()>,
    pub quote: Option<()>,
    pub quote_approval: QuoteApproval,
}

#[derive(Debug, Clone, Serialize)]
pub struct Mention {
    pub id: String,
    pub username: String,
    pub acct: String,
    pub url: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct TagOfStatus {
    pub name: String,
    pub url: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct QuoteApproval {
    pub automatic: Nothing,
    pub manual: Nothing,
    pub current_user: &'static str,
}

impl QuoteApproval {
    /// Quotes are not offered: nobody may.
    pub const NOBODY: Self = Self { automatic: [], manual: [], current_user: "denied" };
}

/// What its author typed, for editing.
#[derive(Debug, Clone, Serialize)]
pub struct StatusSource {
    pub id: String,
    pub text: String,
    pub spoiler_text: String,
}
