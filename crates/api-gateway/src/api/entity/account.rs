//! `Account`, and `CredentialAccount` for the one who asks.

use belfry_model::{PlatformNames, Visibility};
use belfry_social::AccountView;
use belfry_storage::row;
use serde::{Deserialize, Serialize};

use super::{Date, Nothing, Timestamp, count};
use crate::media::{NO_AVATAR, NO_HEADER};

#[derive(Debug, Clone, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "the shape is Mastodon's")]
pub struct Account {
    pub id: String,
    pub username: String,
    pub acct: String,
    pub display_name: String,
    pub locked: bool,
    pub bot: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub group: bool,
    pub created_at: Timestamp,
    pub note: String,
    pub url: String,
    pub uri: String,
    pub avatar: String,
    pub avatar_static: String,
    pub avatar_description: String,
    pub header: String,
    pub header_static: String,
    pub header_description: String,
    pub followers_count: u64,
    pub following_count: u64,
    pub statuses_count: u64,
    pub last_status_at: Option<Date>,
    pub hide_collections: bool,
    pub noindex: bool,
    pub emojis: Nothing,
    pub roles: Nothing,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Field {
    pub name: String,
    pub value: String,
    pub verified_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Serialize)]
pub struct CredentialAccount {
    #[serde(flatten)]
    pub account: Account,
    pub source: Source,
    pub role: Role,
}

impl Account {
    pub fn new(view: &AccountView, names: &PlatformNames) -> Self {
        let row = &view.row;
        let (avatar, avatar_description) =
            picture(view.avatar.as_ref(), row.avatar_remote_url.as_deref(), names, NO_AVATAR);
        let (header, header_description) =
            picture(view.header.as_ref(), row.header_remote_url.as_deref(), names, NO_HEADER);
        Self {
            id: row.id.to_string(),
            username: row.username.clone(),
            acct: view.acct(),
            display_name: row.display_name.clone(),
            locked: row.locked,
            bot: row.bot,
            discoverable: row.discoverable,
            indexable: row.discoverable,
            group: row.actor_type == "Group",
            created_at: Timestamp::midnight_of(row.created_at),
            note: row.note_html.clone(),
            url: row.url.clone().unwrap_or_else(|| row.uri.clone()),
            uri: row.uri.clone(),
            avatar_static: avatar.clone(),
            avatar,
            avatar_description,
            header_static: header.clone(),
            header,
            header_description,
            followers_count: count(view.counts.followers),
            following_count: count(view.counts.following),
            statuses_count: count(view.counts.statuses),
            last_status_at: row.last_status_at.map(Date::from),
            hide_collections: false,
            noindex: !row.discoverable,
            emojis: [],
            roles: [],
            fields: Field::list(&row.fields),
        }
    }
}

/// The picture's address and description; never empty, which would crash clients.
fn picture(
    media: Option<&row::MediaAttachment>,
    remote: Option<&str>,
    names: &PlatformNames,
    none: &str,
) -> (String, String) {
    let description = media.and_then(|media| media.description.clone()).unwrap_or_default();
    let url = media
        .and_then(|media| media.file_key.as_deref())
        .map(|key| names.media_url(key))
        .or_else(|| remote.map(str::to_owned))
        .unwrap_or_else(|| names.media_url(none));
    (url, description)
}

impl Field {
    /// From an actor's column, as shown.
    pub fn list(column: &serde_json::Value) -> Vec<Self> {
        Self::stored(column, |stored| stored.value)
    }

    /// From an actor's column, as its owner typed it.
    pub fn typed(column: &serde_json::Value) -> Vec<Self> {
        Self::stored(column, |stored| stored.source.unwrap_or(stored.value))
    }

    fn stored(column: &serde_json::Value, value: fn(Stored) -> String) -> Vec<Self> {
        let stored = Vec::<Stored>::deserialize(column).unwrap_or_default();
        stored
            .into_iter()
            .map(|field| Self {
                name: field.name.clone(),
                verified_at: field.verified_at.map(Timestamp),
                value: value(field),
            })
            .collect()
    }
}

/// One field of a profile, as the column holds it.
#[derive(Deserialize)]
struct Stored {
    name: String,
    /// HTML.
    value: String,
    /// As typed, of local accounts.
    source: Option<String>,
    verified_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// What the account's owner typed, and what its posts begin with.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    pub privacy: Visibility,
    pub sensitive: bool,
    pub language: Option<String>,
    pub follow_requests_count: u64,
    pub note: String,
    pub fields: Vec<Field>,
    pub hide_collections: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub attribution_domains: Nothing,
    pub quote_policy: &'static str,
}

/// Clients offer Mastodon's administration to roles with permissions; ours is on pages.
#[derive(Debug, Clone, Serialize)]
pub struct Role {
    pub id: &'static str,
    pub name: &'static str,
    pub permissions: &'static str,
    pub color: &'static str,
    pub highlighted: bool,
}

impl Role {
    pub const EVERYONE: Self = Self { id: "-99", name: "", permissions: "0", color: "", highlighted: false };
}

impl CredentialAccount {
    pub fn new(view: &AccountView, names: &PlatformNames) -> Self {
        let account = Account::new(view, names);
        let source = Source {
            privacy: Visibility::Public,
            sensitive: false,
            language: None,
            follow_requests_count: 0,
            note: view.row.note.clone(),
            fields: Field::typed(&view.row.fields),
            hide_collections: account.hide_collections,
            discoverable: account.discoverable,
            indexable: account.indexable,
            attribution_domains: [],
            quote_policy: "nobody",
        };
        Self { account, source, role: Role::EVERYONE }
    }
}
