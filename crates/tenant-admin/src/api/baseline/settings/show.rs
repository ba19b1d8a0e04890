//! `GET /api/belfry/v1/baseline/settings`

use actix_web::HttpResponse;

use super::SettingsEntity;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error};

/// What holds for every namespace.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/baseline/settings",
    tag = "baseline",
    security(("token" = ["govern:read"])),
    responses((status = 200, body = SettingsEntity), (status = 401, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>) -> Result<HttpResponse, ApiError> {
    let baseline = governs.admin().baseline_fetch().await.map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok().json(SettingsEntity::from(baseline)))
}
