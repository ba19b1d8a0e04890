//! `POST /api/belfry/v1/agency/staff/{id}/reset_factor`

use actix_web::{HttpResponse, web};
use belfry_tenancy::staff::own;

use super::{StaffEntity, id, shown};
use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

/// Takes away the second factor of somebody who has lost it. Their sessions end, and they get a letter.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/agency/staff/{id}/reset_factor",
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
    own::reset_factor(agent.tenancy(), &agent.tenant, person, agent.manager(&by)).await?;
    Ok(HttpResponse::Ok().json(shown(&agent, person).await?))
}
