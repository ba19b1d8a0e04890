//! `DELETE /api/belfry/v1/agency/staff/invitations/{id}`

use actix_web::{HttpResponse, web};
use belfry_tenancy::staff::manage;

use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

/// Takes an invitation back that was not accepted yet.
#[utoipa::path(
    delete,
    path = "/api/belfry/v1/agency/staff/invitations/{id}",
    tag = "staff",
    security(("token" = ["manage:write"])),
    params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = ErrorBody)),
)]
pub async fn handle(named: web::Path<String>, agent: Agent<ManagesStaff>) -> Result<HttpResponse, ApiError> {
    let invitation = named.parse().map_err(|_| ApiError::NotFound)?;
    if manage::withdraw(agent.tenancy(), &agent.tenant, invitation, &agent.because(None)).await? {
        return Ok(HttpResponse::NoContent().finish());
    }
    Err(ApiError::NotFound)
}
