//! `Instance`, version 2: what a client learns of the tenant before anybody signs in.

use std::sync::Arc;

use belfry_model::{Origin, PolicyKind, Tenant};
use belfry_social::Limits;
use belfry_tenancy::about::About;
use serde::Serialize;

use super::{Account, Nothing, Rule};
use crate::api::v1::instance::terms_of_service::TERMS;

/// The client API that we speak; apps switch features on by it. 8 is Mastodon 4.6, whose new
/// endpoints the Android app would call.
const API_VERSION: u32 = 7;

/// Clients find Mastodon's version at the front.
pub const VERSION: &str = concat!("4.5.0 (compatible; Belfry ", env!("CARGO_PKG_VERSION"), ")");

/// What is uploaded and understood.
const IMAGES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// What both versions are made of.
#[derive(Debug)]
pub struct Told {
    pub tenant: Arc<Tenant>,
    pub origin: Origin,
    pub about: About,
    pub contact: Option<Account>,
    pub limits: Limits,
    /// An address.
    pub thumbnail: String,
    /// What is published.
    pub policies: Vec<PolicyKind>,
}

impl Told {
    pub fn streaming(&self) -> String {
        let scheme = if self.origin.scheme == "http" { "ws" } else { "wss" };
        format!("{scheme}://{}", self.origin.host)
    }

    /// Its page, where there is one.
    fn policy(&self, policy: PolicyKind) -> Option<String> {
        self.policies.contains(&policy).then(|| self.origin.at(&format!("/about/{policy}")))
    }

    pub fn statuses(&self) -> StatusLimits {
        StatusLimits {
            max_characters: u32::try_from(self.about.setting.post_length).unwrap_or(500),
            max_media_attachments: u32::try_from(self.limits.attachments).unwrap_or(4),
            characters_reserved_per_url: 23,
            supported_mime_types: vec!["text/plain"],
        }
    }

    pub fn media_attachments(&self) -> MediaLimits {
        MediaLimits {
            supported_mime_types: IMAGES.to_vec(),
            description_limit: 1500,
            image_size_limit: self.limits.upload_bytes,
            image_matrix_limit: self.limits.upload_pixels,
            video_size_limit: 0,
            video_frame_rate_limit: 0,
            video_matrix_limit: 0,
        }
    }
}

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

impl Instance {
    pub fn new(told: &Told) -> Self {
        let (about, tenant, origin) = (&told.about, &told.tenant, &told.origin);
        Self {
            domain: tenant.host.to_string(),
            title: tenant.name.clone(),
            version: VERSION.to_owned(),
            source_url: env!("CARGO_PKG_REPOSITORY"),
            description: about.setting.description.clone(),
            usage: Usage { users: Users { active_month: about.counts.active_month } },
            thumbnail: Thumbnail { url: told.thumbnail.clone(), blurhash: None, versions: None },
            icon: [],
            languages: vec![tenant.language.clone()],
            configuration: Configuration {
                urls: Urls {
                    streaming: told.streaming(),
                    status: None,
                    about: origin.at("/"),
                    privacy_policy: told.policy(PolicyKind::Privacy),
                    terms_of_service: told.policy(TERMS),
                },
                vapid: Vapid { public_key: "" },
                accounts: AccountLimits {
                    max_featured_tags: 0,
                    max_pinned_statuses: 0,
                    max_profile_fields: 4,
                    profile_field_name_limit: 255,
                    profile_field_value_limit: 255,
                },
                statuses: told.statuses(),
                media_attachments: told.media_attachments(),
                polls: PollLimits::USUAL,
                translation: Switch { enabled: false },
                timelines_access: TimelinesAccess {
                    live_feeds: FeedAccess { local: "public", remote: "public" },
                    hashtag_feeds: FeedAccess { local: "public", remote: "public" },
                    trending_link_feeds: FeedAccess { local: "disabled", remote: "disabled" },
                },
                limited_federation: false,
            },
            registrations: Registrations {
                enabled: false,
                approval_required: false,
                reason_required: false,
                message: None,
                min_age: None,
                url: origin.at("/auth/sign_in"),
            },
            api_versions: ApiVersions { mastodon: API_VERSION },
            contact: Contact { email: about.setting.contact_email.clone(), account: told.contact.clone() },
            rules: Rule::list(&about.rules, &tenant.language),
        }
    }
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
