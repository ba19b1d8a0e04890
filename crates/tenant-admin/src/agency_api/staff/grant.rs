//! `PUT /api/belfry/v1/agency/staff/{id}/grant`

use actix_web::{HttpResponse, web};
use belfry_model::Role;
use belfry_tenancy::staff::manage::{self, Grant};
use serde::Deserialize;

use super::{StaffEntity, id, shown};
use crate::agency_api::AgentCall;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewGrant {
    /// One of the two: a role,
    #[schema(value_type = Option<String>)]
    role: Option<Role>,
    /// or the id of a set of the agency's own.
    set: Option<String>,
    /// For the record.
    reason: Option<String>,
}

/// Gives somebody a role or a set. It holds from their next request on. Nobody gives or takes what
/// they don't have themselves, and the last owner stays one.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/agency/staff/{id}/grant",
    tag = "staff",
    security(("token" = ["manage:write"])),
    params(("id" = String, Path)),
    request_body = NewGrant,
    responses(
        (status = 200, body = StaffEntity),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody),
        (status = 422, body = ErrorBody),
    ),
)]
pub async fn handle(
    named: web::Path<String>,
    call: AgentCall<ManagesStaff, NewGrant>,
) -> Result<HttpResponse, ApiError> {
    let AgentCall { agent, body } = call;
    let person = id(&named)?;
    let grant = match (body.role, body.set) {
        (Some(role), None) => Grant::Role(role),
        (None, Some(set)) => Grant::Set(set.parse().map_err(|_| ApiError::NotFound)?),
        _ => return Err(ApiError::Unprocessable("say a role or a set, and not both".to_owned())),
    };
    let by = agent.because(body.reason.as_deref());
    manage::grant(agent.tenancy(), &agent.tenant, person, grant, agent.manager(&by)).await?;
    Ok(HttpResponse::Ok().json(shown(&agent, person).await?))
}
