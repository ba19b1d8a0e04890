//! `DELETE /api/belfry/v1/agency/staff/{id}/sessions/{session}`

use actix_web::{HttpResponse, web};
use belfry_tenancy::session;
use belfry_tenancy::staff::own;

use crate::agency_api::Agent;
use crate::agency_api::staff::id;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

/// Ends one session of somebody.
#[utoipa::path(
    delete,
    path = "/api/belfry/v1/agency/staff/{id}/sessions/{session}",
    tag = "staff",
    security(("token" = ["manage:write"])),
    params(("id" = String, Path), ("session" = String, Path)),
    responses((status = 204), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody)),
)]
pub async fn handle(
    named: web::Path<(String, String)>,
    agent: Agent<ManagesStaff>,
) -> Result<HttpResponse, ApiError> {
    let (person, session) = named.into_inner();
    let (person, by) = (id(&person)?, agent.because(None));
    let session = session.parse().map_err(|_| ApiError::NotFound)?;
    own::managed(agent.tenancy(), &agent.tenant, person, agent.manager(&by)).await?;
    if !session::end_one(agent.tenancy(), agent.scope(), person, session, &by).await? {
        return Err(ApiError::NotFound);
    }
    Ok(HttpResponse::NoContent().finish())
}
