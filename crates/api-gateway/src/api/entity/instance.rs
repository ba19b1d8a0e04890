//! `Instance`, version 2: what a client learns of the tenant before anybody signs in.

use serde::Serialize;

use super::{Account, Nothing, Rule};

#[derive(Debug, Clone, Serialize)]
pub struct Instance {
    pub domain: String,
    pub title: String,
    pub version: String,
    pub source_url: &'static str,
    pub description: String,
    pub usage: Usage,
    pub thumbnail: Thumbnail,
    pub icon: Nothing,
    pub languages: Vec<String>,
    pub configuration: Configuration,
    pub registrations: Registrations,
    pub api_versions: ApiVersions,
    pub contact: Contact,
    pub rules: Vec<Rule>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Usage {
    pub users: Users,
}

#[derive(Debug, Clone, Serialize)]
pub struct Users {
    pub active_month: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct Thumbnail {
    pub url: String,
    pub blurhash: Option<String>,
    pub versions: Option<()>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Configuration {
    pub urls: Urls,
    pub vapid: Vapid,
    pub accounts: AccountLimits,
    pub statuses: StatusLimits,
    pub media_attachments: MediaLimits,
    pub polls: PollLimits,
    pub translation: Switch,
    pub timelines_access: TimelinesAccess,
    pub limited_federation: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Urls {
    pub streaming: String,
    pub status: Option<String>,
    pub about: String,
    pub privacy_policy: Option<String>,
    pub terms_of_service: Option<String>,
}

/// Empty until the tenant can send Web Push.
#[derive(Debug, Clone, Serialize)]
pub struct Vapid {
    pub public_key: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub struct AccountLimits {
    pub max_featured_tags: u32,
    pub max_pinned_statuses: u32,
    pub max_profile_fields: u32,
    pub profile_field_name_limit: u32,
    pub profile_field_value_limit: u32,
}

#[derive(Debug, Clone, Serialize)]
pub struct StatusLimits {
    pub max_characters: u32,
    pub max_media_attachments: u32,
    pub characters_reserved_per_url: u32,
    pub supported_mime_types: Vec<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MediaLimits {
    pub supported_mime_types: Vec<&'static str>,
    pub description_limit: u32,
    pub image_size_limit: usize,
    pub image_matrix_limit: u64,
    pub video_size_limit: usize,
    pub video_frame_rate_limit: u32,
    pub video_matrix_limit: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct PollLimits {
    pub max_options: u32,
    pub max_characters_per_option: u32,
    pub min_expiration: u32,
    pub max_expiration: u32,
}

impl PollLimits {
    /// Mastodon's own: five minutes to a month.
    pub const USUAL: Self = Self {
        max_options: 4,
        max_characters_per_option: 50,
        min_expiration: 300,
        max_expiration: 2_629_746,
    };
}

#[derive(Debug, Clone, Serialize)]
pub struct Switch {
    pub enabled: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct TimelinesAccess {
    pub live_feeds: FeedAccess,
    pub hashtag_feeds: FeedAccess,
    pub trending_link_feeds: FeedAccess,
}

/// `public`: also without signing in. `disabled`: to nobody.
#[derive(Debug, Clone, Serialize)]
pub struct FeedAccess {
    pub local: &'static str,
    pub remote: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub struct Registrations {
    pub enabled: bool,
    pub approval_required: bool,
    pub reason_required: bool,
    pub message: Option<String>,
    pub min_age: Option<u32>,
    /// Where the agency's staff sign in.
    pub url: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ApiVersions {
    pub mastodon: u32,
}

#[derive(Debug, Clone, Serialize)]
pub struct Contact {
    pub email: String,
    pub account: Option<Account>,
}
