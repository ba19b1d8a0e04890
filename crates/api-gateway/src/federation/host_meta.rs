//! `GET /.well-known/host-meta` and `host-meta.json` (RFC 6415): where WebFinger is.

use actix_web::http::header::{ACCEPT, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use belfry_activitypub::document::host_meta;
use belfry_edge::host::Hosted;

use super::FederationError;
use crate::Gateway;

pub async fn xml(gateway: web::Data<Gateway>, request: HttpRequest) -> Result<HttpResponse, FederationError> {
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.contains("json") {
        return json(gateway, request).await;
    }
    let body = host_meta::xml(&origin(&gateway, &request)?);
    Ok(HttpResponse::Ok()
        .insert_header((VARY, "Accept"))
        .content_type(host_meta::XML_CONTENT_TYPE)
        .body(body))
}

pub async fn json(
    gateway: web::Data<Gateway>,
    request: HttpRequest,
) -> Result<HttpResponse, FederationError> {
    let body = host_meta::json(&origin(&gateway, &request)?);
    Ok(HttpResponse::Ok()
        .insert_header((VARY, "Accept"))
        .content_type(host_meta::JSON_CONTENT_TYPE)
        .body(body.to_string()))
}

/// What the host that was asked calls itself.
fn origin(gateway: &Gateway, request: &HttpRequest) -> Result<String, FederationError> {
    let names = gateway.platform.names();
    match Hosted::of(request) {
        Some(Hosted::Tenant(tenant)) => Ok(names.origin(&tenant).at("")),
        Some(Hosted::SharedDomain) => Ok(format!("{}://{}", names.scheme, names.shared_domain)),
        Some(Hosted::Media) | None => Err(FederationError::NotFound),
    }
}
