//! `PUT /api/belfry/v1/baseline/reserved_handles/{pattern}`

use actix_web::{HttpResponse, web};
use belfry_tenancy::baseline::handles::{self, PatternError};

use super::ReservedHandles;
use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error};

/// Reserves what fits a pattern. Reserving it again changes nothing.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/baseline/reserved_handles/{pattern}",
    tag = "baseline",
    security(("token" = ["govern:write"])),
    params(("pattern" = String, Path)),
    responses((status = 200, body = ReservedHandles), (status = 422, body = error::Body)),
)]
pub async fn handle(governs: Governs<Write>, pattern: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let by = governs.because(None);
    let reserved = handles::reserve(governs.tenancy(), governs.admin(), &pattern, &by).await;
    reserved.map_err(|error| match error {
        PatternError::Internal(error) => ApiError::internal(&error),
        PatternError::Malformed(_) | PatternError::TooMany => ApiError::Unprocessable(error.to_string()),
    })?;
    let patterns = governs.admin().reserved_list().await.map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok().json(ReservedHandles { patterns }))
}
