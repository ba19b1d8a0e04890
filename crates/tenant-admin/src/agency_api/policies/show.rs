//! `GET /api/belfry/v1/agency/policies/{policy}`

use actix_web::{HttpResponse, web};
use belfry_tenancy::policies;

use super::policy;
use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesPolicies;
use crate::policy_entity::{PolicyVersion, PolicyVersions};

/// All versions of a policy at this agency.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/agency/policies/{policy}",
    tag = "policies",
    security(("token" = ["manage:read"])),
    params(("policy" = String, Path, description = "A word such as `rules`")),
    responses((status = 200, body = PolicyVersions), (status = 404, body = ErrorBody)),
)]
pub async fn handle(
    path: web::Path<String>,
    agent: Agent<ManagesPolicies>,
) -> Result<HttpResponse, ApiError> {
    let history = policies::history(agent.tenancy(), agent.scope(), policy(&path)?).await?;
    let versions = history.into_iter().map(PolicyVersion::from).collect();
    Ok(HttpResponse::Ok().json(PolicyVersions { versions }))
}
