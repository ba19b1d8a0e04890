//! `GET /users/{name}/following`: whom an account follows.

use actix_web::{HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_federation::publish::CollectionPart;

use super::super::FederationError;
use super::{Paging, collection};
use crate::Gateway;

pub async fn handle(
    gateway: web::Data<Gateway>,
    tenant: TenantHost,
    name: web::Path<String>,
    paging: web::Query<Paging>,
) -> Result<HttpResponse, FederationError> {
    collection(&gateway, &tenant, &name, CollectionPart::Following, &paging).await
}
