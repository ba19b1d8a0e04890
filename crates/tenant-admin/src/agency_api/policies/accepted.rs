//! `GET /api/belfry/v1/agency/policies/accepted`

use actix_web::{HttpResponse, web};
use belfry_tenancy::policies;
use serde::Deserialize;

use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesStaff;
use crate::policy_entity::Acceptances;

const LIMIT: u64 = 200;

#[derive(Debug, Deserialize)]
pub struct Query {
    #[serde(default)]
    page: u64,
}

/// Who accepted what, the latest first and two hundred at a time, and who may not post until they do.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/agency/policies/accepted",
    tag = "policies",
    security(("token" = ["manage:read"])),
    params(("page" = Option<u64>, Query, description = "From 1")),
    responses((status = 200, body = Acceptances), (status = 401, body = ErrorBody)),
)]
pub async fn handle(agent: Agent<ManagesStaff>, query: web::Query<Query>) -> Result<HttpResponse, ApiError> {
    let offset = LIMIT.saturating_mul(query.page.max(1) - 1);
    let waiting = policies::waiting(agent.tenancy(), agent.scope()).await?;
    let accepted = policies::accepted(agent.tenancy(), agent.scope(), None, offset, LIMIT).await?;
    Ok(HttpResponse::Ok().json(Acceptances::new(waiting, accepted)))
}
