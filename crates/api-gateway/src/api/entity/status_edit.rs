//! `StatusEdit`: one version of a post.

use serde::Serialize;

use super::{Account, MediaAttachment, Nothing, Timestamp};

#[derive(Debug, Clone, Serialize)]
pub struct StatusEdit {
    pub content: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub created_at: Timestamp,
    pub account: Account,
    pub media_attachments: Vec<MediaAttachment>,
    pub emojis: Nothing,
}
