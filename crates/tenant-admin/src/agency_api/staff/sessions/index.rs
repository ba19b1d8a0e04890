//! `GET /api/belfry/v1/agency/staff/{id}/sessions`

use actix_web::{HttpResponse, web};
use belfry_tenancy::session;
use belfry_tenancy::staff::own;

use super::SessionsEntity;
use crate::agency_api::Agent;
use crate::agency_api::staff::id;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

/// Where somebody is signed in, and the apps that act for them.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/agency/staff/{id}/sessions",
    tag = "staff",
    security(("token" = ["manage:read"])),
    params(("id" = String, Path)),
    responses((status = 200, body = SessionsEntity), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody)),
)]
pub async fn handle(named: web::Path<String>, agent: Agent<ManagesStaff>) -> Result<HttpResponse, ApiError> {
    let (person, by) = (id(&named)?, agent.because(None));
    own::managed(agent.tenancy(), &agent.tenant, person, agent.manager(&by)).await?;
    let held = session::held(agent.tenancy(), agent.scope(), person).await?;
    Ok(HttpResponse::Ok().json(SessionsEntity::from(held)))
}
