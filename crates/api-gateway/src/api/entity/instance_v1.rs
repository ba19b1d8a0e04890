//! `V1::Instance`: what older clients read instead of version 2.

use serde::Serialize;

use super::instance::{MediaLimits, PollLimits, StatusLimits, Told, VERSION};
use super::{Account, Rule};

#[derive(Debug, Clone, Serialize)]
pub struct InstanceV1 {
    pub uri: String,
    pub title: String,
    pub short_description: String,
    pub description: String,
    pub email: String,
    pub version: String,
    pub urls: Urls,
    pub stats: Stats,
    pub thumbnail: String,
    pub languages: Vec<String>,
    pub registrations: bool,
    pub approval_required: bool,
    pub invites_enabled: bool,
    pub configuration: Configuration,
    pub contact_account: Option<Account>,
    pub rules: Vec<Rule>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Urls {
    pub streaming_api: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Stats {
    pub user_count: u64,
    pub status_count: u64,
    pub domain_count: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct Configuration {
    pub accounts: AccountLimits,
    pub statuses: StatusLimits,
    pub media_attachments: MediaLimits,
    pub polls: PollLimits,
}

#[derive(Debug, Clone, Serialize)]
pub struct AccountLimits {
    pub max_featured_tags: u32,
}

impl InstanceV1 {
    pub fn new(told: &Told) -> Self {
        let (about, tenant) = (&told.about, &told.tenant);
        Self {
            uri: tenant.host.to_string(),
            title: tenant.name.clone(),
            short_description: about.setting.description.clone(),
            description: about.setting.description.clone(),
            email: about.setting.contact_email.clone(),
            version: VERSION.to_owned(),
            urls: Urls { streaming_api: told.streaming() },
            stats: Stats {
                user_count: about.counts.accounts,
                status_count: about.counts.statuses,
                domain_count: about.counts.domains,
            },
            thumbnail: told.thumbnail.clone(),
            languages: vec![tenant.language.clone()],
            registrations: false,
            approval_required: false,
            invites_enabled: false,
            configuration: Configuration {
                accounts: AccountLimits { max_featured_tags: 0 },
                statuses: told.statuses(),
                media_attachments: told.media_attachments(),
                polls: PollLimits::USUAL,
            },
            contact_account: told.contact.clone(),
            rules: Rule::list(&about.rules, &tenant.language),
        }
    }
}
