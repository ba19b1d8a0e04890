//! `GET /users/{name}/statuses/{id}`: an open post's document, or its page for people.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_model::StatusId;

use super::super::{FederationError, negotiate};
use super::username;
use crate::Gateway;

pub async fn handle(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, FederationError> {
    let (name, id) = path.into_inner();
    let name = username(&name)?;
    let id: StatusId = id.parse().map_err(|_| FederationError::NotFound)?;
    if !negotiate::wants_document(&request) {
        return Ok(negotiate::to_page(gateway.platform.origin(&tenant).status_page(name.as_str(), id)));
    }
    negotiate::answer(gateway.federation.publish_status(&tenant, &name, id).await?)
}
