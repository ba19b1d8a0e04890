//! Authorisation codes: what an app gets after somebody consented, and exchanges once.

use std::net::IpAddr;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use belfry_model::{ActorId, Secret, StaffId, TenantScope};
use belfry_storage::{NewOauthCode, NewOauthToken, row};
use chrono::TimeDelta;
use serde_json::json;

use super::app::{App, knows_secret};
use super::scopes::Scopes;
use super::token::IssuedToken;
use crate::token::{self, Fresh};
use crate::{By, Error, Result, Tenancy, audit, error};

/// What somebody consented to.
#[derive(Debug, Clone)]
pub struct CodeGrant {
    pub staff: StaffId,
    /// Where they did.
    pub from: Option<IpAddr>,
    /// As which of their accounts.
    pub actor: ActorId,
    pub redirect_uri: String,
    pub scopes: Scopes,
    /// S256 only (RFC 7636 §4.2).
    pub code_challenge: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    #[error("the app has not registered this redirect address")]
    RedirectUri,
    #[error("the app asks for more than it registered for")]
    Scopes,
    #[error("the code challenge is no SHA-256 in base64url")]
    Challenge,
    /// Not an account that this person may sign in as.
    #[error("you have no access to this account")]
    NoAccess,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(CodeError: Error, belfry_storage::Error);

/// The code goes to the app by redirect, or to the person to type.
pub async fn code_issue(
    tenancy: &Tenancy,
    scope: TenantScope,
    app: &App,
    grant: &CodeGrant,
) -> Result<Secret, CodeError> {
    if !app.redirect_uris.contains(&grant.redirect_uri) {
        return Err(CodeError::RedirectUri);
    }
    if grant.scopes.is_empty() || !grant.scopes.within(&app.scopes) {
        return Err(CodeError::Scopes);
    }
    // 32 bytes in base64url without padding.
    if grant.code_challenge.as_ref().is_some_and(|challenge| challenge.len() != 43) {
        return Err(CodeError::Challenge);
    }
    let fresh = Fresh::token()?;
    let now = tenancy.clock.now();
    let expires_at = now + TimeDelta::seconds(tenancy.settings.code_seconds.try_into().unwrap_or(600));
    let tx = tenancy.app.tenant(scope).await?;
    if !tx.access_exists(grant.staff, grant.actor).await? {
        return Err(CodeError::NoAccess);
    }
    tx.oauth_code_delete_expired(now).await?;
    tx.oauth_code_insert(NewOauthCode {
        code_hash: fresh.hash,
        app: app.id,
        staff: grant.staff,
        actor: grant.actor,
        redirect_uri: &grant.redirect_uri,
        scopes: grant.scopes.to_column(),
        code_challenge: grant.code_challenge.as_deref(),
        expires_at,
    })
    .await?;
    let by = By::staff_by_id(scope.tenant(), grant.staff).from(grant.from);
    let detail = json!({
        "app": app.name, "actor": grant.actor.to_string(), "scopes": grant.scopes.to_column(),
    });
    audit::record(&tx, &*tenancy.clock, &by, "token.grant", detail).await?;
    tx.commit().await?;
    Ok(fresh.secret)
}

/// What an app brings for its token.
#[derive(Debug, Clone)]
pub struct Exchange {
    pub client_id: String,
    pub client_secret: Secret,
    pub code: Secret,
    pub redirect_uri: String,
    pub code_verifier: Option<Secret>,
}

#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// `invalid_client` (RFC 6749 §5.2).
    #[error("the client id or the client secret is wrong")]
    Client,
    /// `invalid_grant`: unknown, used, expired, another app's, or with another redirect
    /// address or verifier than it was issued with.
    #[error("the code doesn't work: it is unknown, used, expired, or was issued for another request")]
    Grant,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(ExchangeError: Error, belfry_storage::Error);

/// Each code works once, and a wrong try uses it up as well: whoever brings the right code
/// with the wrong verifier has it from somewhere it should not have been.
pub async fn code_exchange(
    tenancy: &Tenancy,
    scope: TenantScope,
    brought: &Exchange,
) -> Result<IssuedToken, ExchangeError> {
    let now = tenancy.clock.now();
    let tx = tenancy.app.tenant(scope).await?;
    let app = tx
        .oauth_app_by_client_id(&brought.client_id)
        .await?
        .filter(|app| knows_secret(app, &brought.client_secret))
        .ok_or(ExchangeError::Client)?;
    let code = tx.oauth_code_take(&token::hash(brought.code.expose())).await?;
    let Some(code) = code.filter(|code| now < code.expires_at && fits(code, &app, brought)) else {
        tx.commit().await?;
        return Err(ExchangeError::Grant);
    };
    let fresh = Fresh::token()?;
    let row = tx
        .oauth_token_insert(NewOauthToken {
            token_hash: fresh.hash,
            app: app.id,
            staff: Some(StaffId(code.staff_id)),
            actor: Some(ActorId(code.actor_id)),
            scopes: code.scopes,
            created_at: now,
        })
        .await?;
    tx.commit().await?;
    Ok(IssuedToken::of(fresh.secret, &row))
}

fn fits(code: &row::OauthCode, app: &row::OauthApp, brought: &Exchange) -> bool {
    let verified = match (&code.code_challenge, &brought.code_verifier) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(challenge), Some(verifier)) => {
            let ours = BASE64_URL_SAFE_NO_PAD.encode(token::hash(verifier.expose()));
            ours.len() == challenge.len() && openssl::memcmp::eq(ours.as_bytes(), challenge.as_bytes())
        }
    };
    code.app_id == app.id && code.redirect_uri == brought.redirect_uri && verified
}
