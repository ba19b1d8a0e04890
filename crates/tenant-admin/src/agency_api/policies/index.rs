//! `GET /api/belfry/v1/agency/policies`

use actix_web::HttpResponse;
use belfry_tenancy::policies;

use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesPolicies;
use crate::policy_entity::PolicyEntity;

/// All policies, with the version that holds at this agency.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/agency/policies",
    tag = "policies",
    security(("token" = ["manage:read"])),
    responses((status = 200, body = Vec<PolicyEntity>), (status = 401, body = ErrorBody)),
)]
pub async fn handle(agent: Agent<ManagesPolicies>) -> Result<HttpResponse, ApiError> {
    let heads = policies::heads(agent.tenancy(), agent.scope()).await?;
    let of = |(policy, now, coming)| PolicyEntity::of_tenant(policy, now, coming);
    Ok(HttpResponse::Ok().json(heads.into_iter().map(of).collect::<Vec<_>>()))
}
