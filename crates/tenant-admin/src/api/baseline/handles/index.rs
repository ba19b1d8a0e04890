//! `GET /api/belfry/v1/baseline/reserved_handles`

use actix_web::HttpResponse;

use super::ReservedHandles;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error};

/// The handles that nobody is given.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/baseline/reserved_handles",
    tag = "baseline",
    security(("token" = ["govern:read"])),
    responses((status = 200, body = ReservedHandles), (status = 401, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>) -> Result<HttpResponse, ApiError> {
    let patterns = governs.admin().reserved_list().await.map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok().json(ReservedHandles { patterns }))
}
