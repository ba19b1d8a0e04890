//! `POST /oauth/revoke` (RFC 7009): an app gives up one of its tokens.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_model::Secret;
use belfry_tenancy::oauth::token::token_revoke;
use serde::Deserialize;

use super::ClientCredentials;
use super::error::OauthError;
use crate::Gateway;
use crate::api::Params;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    client_id: Option<String>,
    client_secret: Option<Secret>,
    token: Option<Secret>,
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
    let token = params.token.ok_or(OauthError::InvalidRequest)?;
    let tenancy = &gateway.platform.tenancy;
    token_revoke(tenancy, tenant.scope(), &client.id, &client.secret, token.expose()).await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({})))
}
