//! `DELETE /api/belfry/v1/agency/staff/{id}/sessions`

use actix_web::{HttpResponse, web};
use belfry_tenancy::staff::own;

use crate::agency_api::Agent;
use crate::agency_api::staff::id;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

/// Ends every session of somebody and takes the access of every app away.
#[utoipa::path(
    delete,
    path = "/api/belfry/v1/agency/staff/{id}/sessions",
    tag = "staff",
    security(("token" = ["manage:write"])),
    params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody)),
)]
pub async fn handle(named: web::Path<String>, agent: Agent<ManagesStaff>) -> Result<HttpResponse, ApiError> {
    let (person, by) = (id(&named)?, agent.because(None));
    own::sign_out(agent.tenancy(), &agent.tenant, person, agent.manager(&by)).await?;
    Ok(HttpResponse::NoContent().finish())
}
