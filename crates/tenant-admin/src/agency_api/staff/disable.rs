//! `POST /api/belfry/v1/agency/staff/{id}/disable`

use actix_web::{HttpResponse, web};
use belfry_tenancy::staff::manage;

use super::{StaffEntity, id, shown};
use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

/// Shuts somebody out: sessions and tokens end at once, what they wrote stays.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/agency/staff/{id}/disable",
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
    manage::shut_out(agent.tenancy(), &agent.tenant, person, agent.manager(&by)).await?;
    Ok(HttpResponse::Ok().json(shown(&agent, person).await?))
}
