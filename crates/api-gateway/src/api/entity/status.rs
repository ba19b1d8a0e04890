//! `Status`: a post or a boost.

use belfry_model::{Origin, PlatformNames, Visibility};
use belfry_social::StatusView;
use belfry_storage::row;
use serde::Serialize;

use super::{Account, Application, MediaAttachment, Nothing, Timestamp, count};

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

impl Status {
    /// `origin` is the host that is asked.
    pub fn new(view: &StatusView, names: &PlatformNames, origin: &Origin) -> Self {
        let row = &view.row;
        Self {
            id: row.id.to_string(),
            created_at: Timestamp(row.created_at),
            in_reply_to_id: row.in_reply_to_id.map(|id| id.to_string()),
            in_reply_to_account_id: row.in_reply_to_actor_id.map(|id| id.to_string()),
            sensitive: row.sensitive,
            spoiler_text: row.spoiler_text.clone(),
            // A word that no client knows would crash it: what we can't read is for nobody else.
            visibility: row.visibility.parse().unwrap_or(Visibility::Direct),
            language: row.language.clone(),
            uri: row.uri.clone(),
            url: row.url.clone().or_else(|| Some(row.uri.clone())),
            replies_count: count(view.counts.replies),
            reblogs_count: count(view.counts.reblogs),
            favourites_count: count(view.counts.favourites),
            quotes_count: 0,
            edited_at: row.edited_at.map(Timestamp),
            favourited: view.counts.favourited,
            reblogged: view.counts.reblogged,
            muted: false,
            bookmarked: false,
            pinned: false,
            filtered: [],
            content: row.content_html.clone(),
            text: None,
            reblog: view.reblog.as_deref().map(|original| Box::new(Self::new(original, names, origin))),
            application: row
                .app_name
                .clone()
                .map(|name| Application { name, website: row.app_website.clone() }),
            account: Account::new(&view.author, names),
            media_attachments: MediaAttachment::list(&view.media, names),
            mentions: view.mentions.iter().filter_map(Mention::new).collect(),
            tags: view.tags.iter().map(|tag| TagOfStatus::new(tag, origin)).collect(),
            emojis: [],
            card: None,
            poll: None,
            quote: None,
            quote_approval: QuoteApproval::NOBODY,
        }
    }
}

impl Mention {
    /// `None` for somebody whom this tenant doesn't know: there is no account to open.
    fn new(row: &row::Mention) -> Option<Self> {
        Some(Self {
            id: row.actor_id?.to_string(),
            username: row.username.clone(),
            acct: row.acct.clone(),
            url: row.url.clone(),
        })
    }
}

impl TagOfStatus {
    fn new(tag: &str, origin: &Origin) -> Self {
        Self { name: tag.to_owned(), url: tag_url(tag, origin) }
    }
}

/// The tenant's page of a hashtag.
pub fn tag_url(tag: &str, origin: &Origin) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(tag.as_bytes()).collect();
    origin.at(&format!("/tags/{encoded}"))
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
