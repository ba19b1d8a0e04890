//! `GET /users/{name}`: an account's document, or its page for people.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::TenantHost;

use super::super::{FederationError, negotiate};
use super::username;
use crate::Gateway;

pub async fn handle(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
    request: HttpRequest,
    name: web::Path<String>,
) -> Result<HttpResponse, FederationError> {
    let name = username(&name)?;
    if !negotiate::wants_document(&request) {
        return Ok(negotiate::to_page(gateway.platform.origin(&tenant).profile(name.as_str())));
    }
    negotiate::answer(gateway.federation.publish_account(&tenant, &name).await?)
}
