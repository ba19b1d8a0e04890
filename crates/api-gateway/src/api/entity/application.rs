//! `Application` as a post shows it, and with its credentials once, when it registers.

use belfry_tenancy::oauth::app::App;
use serde::Serialize;

/// Beside a post.
#[derive(Debug, Clone, Serialize)]
pub struct Application {
    pub name: String,
    pub website: Option<String>,
}

/// To the app itself. The secret is in the answer to its registration and in no other.
#[derive(Debug, Clone, Serialize)]
pub struct CredentialApplication {
    pub id: String,
    pub name: String,
    pub website: Option<String>,
    pub scopes: Vec<String>,
    /// Older clients read this one: one address a line.
    pub redirect_uri: String,
    pub redirect_uris: Vec<String>,
    pub client_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// 0: secrets don't expire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret_expires_at: Option<u64>,
    pub vapid_key: String,
}

impl CredentialApplication {
    /// Without the secret: nobody but the app itself has it any more.
    pub fn new(app: App) -> Self {
        Self {
            id: app.id.to_string(),
            name: app.name,
            website: app.website,
            scopes: app.scopes.iter().map(str::to_owned).collect(),
            redirect_uri: app.redirect_uris.join("\n"),
            redirect_uris: app.redirect_uris,
            client_id: app.client_id,
            client_secret: None,
            client_secret_expires_at: None,
            vapid_key: String::new(),
        }
    }
}
