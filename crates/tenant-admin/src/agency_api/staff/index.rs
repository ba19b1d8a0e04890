//! `GET /api/belfry/v1/agency/staff`

use actix_web::HttpResponse;
use belfry_tenancy::staff::{self, manage};
use serde::Serialize;

use super::StaffEntity;
use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct People {
    staff: Vec<StaffEntity>,
}

/// Everybody, by e-mail address.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/agency/staff",
    tag = "staff",
    security(("token" = ["manage:read"])),
    responses((status = 200, body = People), (status = 403, body = ErrorBody)),
)]
pub async fn handle(agent: Agent<ManagesStaff>) -> Result<HttpResponse, ApiError> {
    let sets = manage::sets(agent.tenancy(), &agent.tenant).await?;
    let people = staff::list(agent.tenancy(), agent.scope()).await?;
    let staff = people.iter().map(|person| StaffEntity::of(person, &sets)).collect();
    Ok(HttpResponse::Ok().json(People { staff }))
}
