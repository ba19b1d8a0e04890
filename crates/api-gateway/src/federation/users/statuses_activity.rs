//! `GET /users/{name}/statuses/{id}/activity`: the Create of an open post, or the Announce that
//! a boost is.

use actix_web::{HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_model::StatusId;

use super::super::{FederationError, negotiate};
use super::username;
use crate::Gateway;

pub async fn handle(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, FederationError> {
    let (name, id) = path.into_inner();
    let id: StatusId = id.parse().map_err(|_| FederationError::NotFound)?;
    negotiate::answer(gateway.federation.publish_activity(&tenant, &username(&name)?, id).await?)
}
