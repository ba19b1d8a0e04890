//! Client apps: anybody may register one (Mastodon's API has it so), and it may do nothing yet.

use belfry_model::{Secret, TenantScope};
use belfry_storage::{NewOauthApp, row};
use chrono::{DateTime, Utc};
use url::Url;

use super::scopes::Scopes;
use crate::token::{self, Fresh};
use crate::{Error, Result, Tenancy, error};

/// The code is shown to the person, who types it into the app.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Schemes that would run what we redirect to, in our own origin.
const FORBIDDEN_SCHEMES: &[&str] = &["data", "javascript", "vbscript", "blob", "file", "about"];

/// An app that wants to register.
#[derive(Debug, Clone)]
pub struct NewApp {
    pub name: String,
    pub website: Option<String>,
    pub redirect_uris: Vec<String>,
    pub scopes: Scopes,
}

/// A registered app.
#[derive(Debug, Clone)]
pub struct App {
    pub id: i64,
    pub name: String,
    pub website: Option<String>,
    pub client_id: String,
    pub redirect_uris: Vec<String>,
    pub scopes: Scopes,
    pub created_at: DateTime<Utc>,
}

/// With the secret, which is shown this once.
#[derive(Debug)]
pub struct RegisteredApp {
    pub app: App,
    pub client_secret: Secret,
}

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error("an app needs a name of at most 120 characters")]
    Name,
    #[error("`{0}` can't be a redirect address: it must be an absolute address or {OUT_OF_BAND}")]
    RedirectUri(String),
    #[error("an app needs between 1 and 20 redirect addresses")]
    RedirectUriCount,
    #[error("`{0}` can't be a website: it must be an http or https address")]
    Website(String),
    #[error(transparent)]
    Internal(Error),
}
error::internal!(AppError: Error, belfry_storage::Error);

pub async fn app_create(
    tenancy: &Tenancy,
    scope: TenantScope,
    new: &NewApp,
) -> Result<RegisteredApp, AppError> {
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 120 {
        return Err(AppError::Name);
    }
    if new.redirect_uris.is_empty() || new.redirect_uris.len() > 20 {
        return Err(AppError::RedirectUriCount);
    }
    if let Some(refused) = new.redirect_uris.iter().find(|uri| !is_redirect_uri(uri)) {
        return Err(AppError::RedirectUri(refused.clone()));
    }
    let website = new.website.as_deref().map(str::trim).filter(|website| !website.is_empty());
    if let Some(refused) = website.filter(|website| !is_website(website)) {
        return Err(AppError::Website(refused.to_owned()));
    }
    let (client_id, secret) = (Fresh::token()?.secret, Fresh::token()?);
    let tx = tenancy.app.tenant(scope).await?;
    let row = tx
        .oauth_app_insert(NewOauthApp {
            name,
            website,
            client_id: client_id.expose(),
            secret_hash: secret.hash,
            redirect_uris: &new.redirect_uris,
            scopes: new.scopes.to_column(),
        })
        .await?;
    tx.commit().await?;
    Ok(RegisteredApp { app: row.into(), client_secret: secret.secret })
}

pub async fn app_find(tenancy: &Tenancy, scope: TenantScope, client_id: &str) -> Result<Option<App>> {
    let tx = tenancy.app.tenant(scope).await?;
    let row = tx.oauth_app_by_client_id(client_id).await?;
    tx.commit().await?;
    Ok(row.map(Into::into))
}

/// The app, if it knows its secret.
pub async fn app_authenticate(
    tenancy: &Tenancy,
    scope: TenantScope,
    client_id: &str,
    client_secret: &Secret,
) -> Result<Option<App>> {
    let tx = tenancy.app.tenant(scope).await?;
    let row = tx.oauth_app_by_client_id(client_id).await?.filter(|row| knows_secret(row, client_secret));
    tx.commit().await?;
    Ok(row.map(Into::into))
}

pub(super) fn knows_secret(row: &row::OauthApp, secret: &Secret) -> bool {
    let hash = token::hash(secret.expose());
    row.secret_hash.len() == hash.len() && openssl::memcmp::eq(&row.secret_hash, &hash)
}

/// Native apps bring schemes of their own, so all but the dangerous ones are taken.
fn is_redirect_uri(text: &str) -> bool {
    if text == OUT_OF_BAND {
        return true;
    }
    text.len() <= 2000
        && Url::parse(text)
            .is_ok_and(|url| !FORBIDDEN_SCHEMES.contains(&url.scheme()) && url.fragment().is_none())
}

fn is_website(text: &str) -> bool {
    text.len() <= 2000 && Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

impl From<row::OauthApp> for App {
    fn from(row: row::OauthApp) -> Self {
        Self {
            id: row.id,
            name: row.name,
            website: row.website,
            client_id: row.client_id,
            redirect_uris: row.redirect_uris,
            scopes: Scopes::of_column(&row.scopes),
            created_at: row.created_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_that_clients_really_use_are_taken() {
        for uri in
            [OUT_OF_BAND, "https://elk.zone/api/callback", "tusky://oauth2redirect", "http://127.0.0.1:4000/"]
        {
            assert!(is_redirect_uri(uri), "{uri}");
        }
    }

    #[test]
    fn redirects_that_would_run_code_are_refused() {
        for uri in
            ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "/relative", "", "JavaScript:alert(1)"]
        {
            assert!(!is_redirect_uri(uri), "{uri}");
        }
    }
}
