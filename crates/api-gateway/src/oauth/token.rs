//! `POST /oauth/token`: a code, or an app's own credentials, for an access token.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_model::Secret;
use belfry_tenancy::Scopes;
use belfry_tenancy::oauth::code::{Exchange, ExchangeError, code_exchange};
use belfry_tenancy::oauth::token::{IssuedToken, TokenError, token_client};
use serde::Deserialize;

use super::ClientCredentials;
use super::error::OauthError;
use crate::Gateway;
use crate::api::Params;
use crate::api::entity::Token;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<Secret>,
    code: Option<Secret>,
    redirect_uri: Option<String>,
    code_verifier: Option<Secret>,
    scope: Option<String>,
}

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
    params: Params<Request>,
) -> Result<HttpResponse, OauthError> {
    let params = params.values;
    let client = ClientCredentials::of(&request, params.client_id, params.client_secret)
        .ok_or(OauthError::InvalidClient)?;
    let tenancy = &gateway.platform.tenancy;
    let issued = match params.grant_type.as_deref() {
        Some("authorization_code") => {
            let brought = Exchange {
                client_id: client.id,
                client_secret: client.secret,
                code: params.code.ok_or(OauthError::InvalidRequest)?,
                redirect_uri: params.redirect_uri.ok_or(OauthError::InvalidRequest)?,
                code_verifier: params.code_verifier,
            };
            code_exchange(tenancy, tenant.scope(), &brought).await?
        }
        Some("client_credentials") => {
            let scopes = match params.scope.as_deref() {
                Some(text) => text.parse().map_err(|_| OauthError::InvalidScope)?,
                None => Scopes::read(),
            };
            token_client(tenancy, tenant.scope(), &client.id, &client.secret, &scopes).await?
        }
        Some(_) => return Err(OauthError::UnsupportedGrantType),
        None => return Err(OauthError::InvalidRequest),
    };
    Ok(answer(&issued))
}

fn answer(issued: &IssuedToken) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(Token {
        access_token: issued.token.expose().to_owned(),
        token_type: "Bearer",
        scope: issued.scopes.to_string(),
        created_at: issued.created_at.timestamp(),
    })
}

impl From<ExchangeError> for OauthError {
    fn from(error: ExchangeError) -> Self {
        match error {
            ExchangeError::Client => Self::InvalidClient,
            ExchangeError::Grant => Self::InvalidGrant,
            ExchangeError::Internal(cause) => Self::internal(&cause),
        }
    }
}

impl From<TokenError> for OauthError {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Client => Self::InvalidClient,
            TokenError::Scopes => Self::InvalidScope,
            TokenError::Internal(cause) => Self::internal(&cause),
        }
    }
}
