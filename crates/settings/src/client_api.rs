//! `[client_api]`: limits of the Mastodon client API.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ClientApiSettings {
    /// Requests that one token, or one address without a token, may make in five minutes.
    pub requests_per_five_minutes: u64,
    /// Apps that one address may register in ten minutes: an agency sits behind one address.
    pub apps_per_ten_minutes: u64,
    /// Posts kept in the home timeline of one account.
    pub home_timeline_posts: u32,
}

impl Default for ClientApiSettings {
    fn default() -> Self {
        Self { requests_per_five_minutes: 1500, apps_per_ten_minutes: 100, home_timeline_posts: 800 }
    }
}
