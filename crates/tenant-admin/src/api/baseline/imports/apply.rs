//! `PUT /api/belfry/v1/baseline/imports/{id}/applied`

use actix_web::{HttpResponse, web};
use belfry_tenancy::baseline::import;
use serde::Serialize;
use utoipa::ToSchema;

use super::failed;
use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error};

#[derive(Debug, Serialize, ToSchema)]
pub struct Applied {
    /// Rules that were made or changed.
    rules: usize,
}

/// Applies a list that waits. Every process follows within moments.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/baseline/imports/{id}/applied",
    tag = "baseline",
    security(("token" = ["govern:write"])),
    params(("id" = String, Path)),
    responses((status = 200, body = Applied), (status = 404, body = error::Body, description = "No such list waits")),
)]
pub async fn handle(governs: Governs<Write>, path: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let id = path.parse().map_err(|_| ApiError::NotFound)?;
    let by = governs.because(None);
    let applied = import::apply(governs.tenancy(), governs.admin(), id, &by).await.map_err(failed)?;
    Ok(HttpResponse::Ok().json(Applied { rules: applied.ok_or(ApiError::NotFound)? }))
}
