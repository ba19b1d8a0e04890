//! `Account`, and `CredentialAccount` for the one who asks.

use belfry_model::Visibility;
use serde::Serialize;

use super::{Date, Nothing, Timestamp};

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
