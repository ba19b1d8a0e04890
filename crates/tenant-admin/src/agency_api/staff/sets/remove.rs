//! `DELETE /api/belfry/v1/agency/staff/sets/{id}`

use actix_web::{HttpResponse, web};
use belfry_tenancy::staff::manage;

use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

/// Takes a set away that nobody has.
#[utoipa::path(
    delete,
    path = "/api/belfry/v1/agency/staff/sets/{id}",
    tag = "staff",
    security(("token" = ["manage:write"])),
    params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody)),
)]
pub async fn handle(named: web::Path<String>, agent: Agent<ManagesStaff>) -> Result<HttpResponse, ApiError> {
    let set = named.parse().map_err(|_| ApiError::NotFound)?;
    let by = agent.because(None);
    manage::set_remove(agent.tenancy(), &agent.tenant, set, agent.manager(&by)).await?;
    Ok(HttpResponse::NoContent().finish())
}
