//! `GET /api/belfry/v1/agency/staff/sets`

use actix_web::HttpResponse;
use belfry_tenancy::staff::manage;
use serde::Serialize;

use super::SetEntity;
use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Sets {
    sets: Vec<SetEntity>,
}

/// The agency's own sets of permissions, by name.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/agency/staff/sets",
    tag = "staff",
    security(("token" = ["manage:read"])),
    responses((status = 200, body = Sets), (status = 403, body = ErrorBody)),
)]
pub async fn handle(agent: Agent<ManagesStaff>) -> Result<HttpResponse, ApiError> {
    let sets = manage::sets(agent.tenancy(), &agent.tenant).await?;
    Ok(HttpResponse::Ok().json(Sets { sets: sets.into_iter().map(SetEntity::of).collect() }))
}
