//! `GET /api/belfry/v1/baseline/policies/{policy}`

use actix_web::{HttpResponse, web};

use super::policy;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error};
use crate::policy_entity::{PolicyVersion, PolicyVersions};

/// The versions of a policy's text for all agencies.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/baseline/policies/{policy}",
    tag = "baseline",
    security(("token" = ["govern:read"])),
    params(("policy" = String, Path, description = "A word such as `rules`")),
    responses((status = 200, body = PolicyVersions), (status = 404, body = error::Body)),
)]
pub async fn handle(path: web::Path<String>, governs: Governs<Read>) -> Result<HttpResponse, ApiError> {
    let heads = governs.admin().policy_baseline_heads(Some(policy(&path)?)).await;
    let heads = heads.map_err(|error| ApiError::internal(&error))?;
    let versions = heads.into_iter().map(PolicyVersion::from).collect();
    Ok(HttpResponse::Ok().json(PolicyVersions { versions }))
}
