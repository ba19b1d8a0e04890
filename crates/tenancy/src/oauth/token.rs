//! Access tokens: found by their hash, in the rows of the tenant that is asked.

use belfry_model::{ActorId, Secret, StaffId, TenantScope};
use belfry_storage::{NewOauthApp, NewOauthToken, row};
use chrono::{DateTime, Utc};
use serde_json::json;

use super::app::{App, knows_secret};
use super::scopes::Scopes;
use crate::token::{self, Fresh};
use crate::{By, Error, Result, Tenancy, audit, error};

/// The client id of the app that stands behind tokens made by a command. No registration
/// can have it: those are random.
const COMMAND_APP: &str = "belfry-command";

/// A token just given out; the text is shown this once.
#[derive(Debug)]
pub struct IssuedToken {
    pub token: Secret,
    pub scopes: Scopes,
    pub created_at: DateTime<Utc>,
}

impl IssuedToken {
    pub(super) fn of(token: Secret, row: &row::OauthToken) -> Self {
        Self { token, scopes: Scopes::of_column(&row.scopes), created_at: row.created_at }
    }
}

/// Who calls, by the token they brought.
#[derive(Debug, Clone)]
pub struct Bearer {
    pub token_id: i64,
    pub app: App,
    /// `None` for an app's own token, and for one that a command made.
    pub staff: Option<StaffId>,
    /// `None` for an app's own token.
    pub actor: Option<ActorId>,
    pub scopes: Scopes,
}

#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// `invalid_client` (RFC 6749 §5.2).
    #[error("the client id or the client secret is wrong")]
    Client,
    /// `invalid_scope`.
    #[error("the app asks for more than it registered for")]
    Scopes,
    #[error(transparent)]
    Internal(Error),
}
error::internal!(TokenError: Error, belfry_storage::Error);

/// The app's own token (`client_credentials`), with nobody behind it.
pub async fn token_client(
    tenancy: &Tenancy,
    scope: TenantScope,
    client_id: &str,
    client_secret: &Secret,
    scopes: &Scopes,
) -> Result<IssuedToken, TokenError> {
    let fresh = Fresh::token()?;
    let tx = tenancy.app.tenant(scope).await?;
    let app = tx
        .oauth_app_by_client_id(client_id)
        .await?
        .filter(|app| knows_secret(app, client_secret))
        .ok_or(TokenError::Client)?;
    if scopes.is_empty() || !scopes.within(&Scopes::of_column(&app.scopes)) {
        return Err(TokenError::Scopes);
    }
    let row = tx
        .oauth_token_insert(NewOauthToken {
            token_hash: fresh.hash,
            app: app.id,
            staff: None,
            actor: None,
            scopes: scopes.to_column(),
            created_at: tenancy.clock.now(),
        })
        .await?;
    tx.commit().await?;
    Ok(IssuedToken::of(fresh.secret, &row))
}

/// A token for scripts and tests, with an account but no person behind it.
pub async fn token_create(
    tenancy: &Tenancy,
    scope: TenantScope,
    actor: ActorId,
    scopes: &Scopes,
    by: &By,
) -> Result<IssuedToken> {
    let fresh = Fresh::token()?;
    let tx = tenancy.app.tenant(scope).await?;
    let app = tx
        .oauth_app_ensure(NewOauthApp {
            name: "belfry token create",
            website: None,
            client_id: COMMAND_APP,
            // Of a secret that is dropped here: nobody signs in as this app.
            secret_hash: Fresh::token()?.hash,
            redirect_uris: &[],
            scopes: vec![],
        })
        .await?
        .ok_or_else(|| Error::Inconsistent("the command's own app is missing".to_owned()))?;
    let row = tx
        .oauth_token_insert(NewOauthToken {
            token_hash: fresh.hash,
            app: app.id,
            staff: by.staff_id(),
            actor: Some(actor),
            scopes: scopes.to_column(),
            created_at: tenancy.clock.now(),
        })
        .await?;
    let detail = json!({ "token": row.id.to_string(), "actor": actor.to_string(), "scopes": scopes });
    audit::record(&tx, &*tenancy.clock, by, "token.create", detail).await?;
    tx.commit().await?;
    Ok(IssuedToken::of(fresh.secret, &row))
}

/// Who calls. `None` for a token that is unknown here, revoked, or whose person was disabled
/// or lost the account.
pub async fn token_find(tenancy: &Tenancy, scope: TenantScope, token: &str) -> Result<Option<Bearer>> {
    let tx = tenancy.app.tenant(scope).await?;
    let Some((row, app)) = tx.oauth_token_find(&token::hash(token)).await? else { return Ok(None) };
    tx.oauth_token_touch(&row, tenancy.clock.now()).await?;
    tx.commit().await?;
    Ok(Some(Bearer {
        token_id: row.id,
        app: app.into(),
        staff: row.staff_id.map(StaffId),
        actor: row.actor_id.map(ActorId),
        scopes: Scopes::of_column(&row.scopes),
    }))
}

/// An unknown token is no error (RFC 7009 §2.2); one of another app stays as it is.
pub async fn token_revoke(
    tenancy: &Tenancy,
    scope: TenantScope,
    client_id: &str,
    client_secret: &Secret,
    token: &str,
) -> Result<(), TokenError> {
    let tx = tenancy.app.tenant(scope).await?;
    let app = tx
        .oauth_app_by_client_id(client_id)
        .await?
        .filter(|app| knows_secret(app, client_secret))
        .ok_or(TokenError::Client)?;
    tx.oauth_token_revoke(&token::hash(token), app.id, tenancy.clock.now()).await?;
    Ok(tx.commit().await?)
}
