//! `GET /.well-known/webfinger`: whom a handle stands for, on tenants' hosts and on the shared domain.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_activitypub::document::webfinger::CONTENT_TYPE;
use belfry_edge::host::Hosted;
use belfry_federation::publish::{Asked, Resource, UnreadableResource};
use serde::Deserialize;

use super::FederationError;
use crate::Gateway;

#[derive(Debug, Deserialize)]
pub struct Query {
    resource: Option<String>,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    request: HttpRequest,
    query: web::Query<Query>,
) -> Result<HttpResponse, FederationError> {
    let asked = match Hosted::of(&request) {
        Some(Hosted::Tenant(tenant)) => Asked::Tenant(tenant),
        Some(Hosted::SharedDomain) => Asked::SharedDomain,
        Some(Hosted::Media) | None => return Err(FederationError::NotFound),
    };
    let resource = query.into_inner().resource.unwrap_or_default();
    let resource: Resource = resource
        .parse()
        .map_err(|error: UnreadableResource| FederationError::BadRequest(error.to_string()))?;
    let jrd = gateway.federation.webfinger(&asked, &resource).await?.ok_or(FederationError::NotFound)?;
    let body = serde_json::to_vec(&jrd).map_err(|error| FederationError::internal(&error))?;
    Ok(HttpResponse::Ok().content_type(CONTENT_TYPE).body(body))
}
