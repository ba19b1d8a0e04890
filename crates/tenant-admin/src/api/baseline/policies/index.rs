//! `GET /api/belfry/v1/baseline/policies`

use actix_web::HttpResponse;
use belfry_model::PolicyKind;

use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error};
use crate::policy_entity::PolicyEntity;

/// All policies, with the version for all agencies that holds.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/baseline/policies",
    tag = "baseline",
    security(("token" = ["govern:read"])),
    responses((status = 200, body = Vec<PolicyEntity>), (status = 401, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>) -> Result<HttpResponse, ApiError> {
    let heads = governs.admin().policy_baseline_heads(None).await;
    let heads = heads.map_err(|error| ApiError::internal(&error))?;
    let today = governs.tenancy().clock.now().date_naive();
    let of = |&policy: &PolicyKind| PolicyEntity::of_baseline(policy, &heads, today);
    Ok(HttpResponse::Ok().json(PolicyKind::ALL.iter().map(of).collect::<Vec<_>>()))
}
