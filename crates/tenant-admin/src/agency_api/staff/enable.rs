//! `POST /api/belfry/v1/agency/staff/{id}/enable`

use actix_web::{HttpResponse, web};
use belfry_tenancy::staff::manage;

use super::{StaffEntity, id, shown};
use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

/// Lets somebody in again.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/agency/staff/{id}/enable",
    tag = "staff",
    security(("token" = ["manage:write"])),
    params(("id" = String, Path)),
    responses(
        (status = 200, body = StaffEntity),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody),
    ),
)]
pub async fn handle(named: web::Path<String>, agent: Agent<ManagesStaff>) -> Result<HttpResponse, ApiError> {
    let person = id(&named)?;
    let by = agent.because(None);
    manage::let_in(agent.tenancy(), &agent.tenant, person, agent.manager(&by)).await?;
    Ok(HttpResponse::Ok().json(shown(&agent, person).await?))
}
