//! `GET /.well-known/oauth-authorization-server` (RFC 8414): where everything is.

use actix_web::{HttpResponse, Responder, web};
use belfry_edge::TenantHost;
use belfry_tenancy::Scopes;
use serde::Serialize;

use crate::Gateway;

#[derive(Debug, Serialize)]
struct Metadata {
    issuer: String,
    service_documentation: &'static str,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    revocation_endpoint: String,
    app_registration_endpoint: String,
    scopes_supported: Vec<&'static str>,
    response_types_supported: [&'static str; 1],
    response_modes_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 2],
    token_endpoint_auth_methods_supported: [&'static str; 2],
    code_challenge_methods_supported: [&'static str; 1],
}

pub async fn handle(gateway: web::Data<Gateway>, TenantHost(tenant): TenantHost) -> impl Responder {
    let origin = gateway.platform.origin(&tenant);
    HttpResponse::Ok().json(Metadata {
        issuer: origin.at("/"),
        service_documentation: "https://docs.joinmastodon.org/",
        authorization_endpoint: origin.at("/oauth/authorize"),
        token_endpoint: origin.at("/oauth/token"),
        userinfo_endpoint: origin.at("/oauth/userinfo"),
        revocation_endpoint: origin.at("/oauth/revoke"),
        app_registration_endpoint: origin.at("/api/v1/apps"),
        scopes_supported: Scopes::known().collect(),
        response_types_supported: ["code"],
        response_modes_supported: ["query"],
        grant_types_supported: ["authorization_code", "client_credentials"],
        token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
        code_challenge_methods_supported: ["S256"],
    })
}
