//! `DELETE /api/belfry/v1/baseline/domains/{host}`

use actix_web::{HttpResponse, web};
use belfry_tenancy::baseline::domains;

use super::domain;
use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error};

/// Lifts a rule; what it hid is shown again.
#[utoipa::path(
    delete,
    path = "/api/belfry/v1/baseline/domains/{host}",
    tag = "baseline",
    security(("token" = ["govern:write"])),
    params(("host" = String, Path, description = "The domain")),
    responses((status = 204), (status = 404, body = error::Body, description = "There is no such rule")),
)]
pub async fn handle(governs: Governs<Write>, path: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let domain = domain(&path)?;
    let by = governs.because(None);
    let removed = domains::remove(governs.tenancy(), governs.admin(), &domain, &by).await;
    if removed.map_err(|error| ApiError::internal(&error))? {
        return Ok(HttpResponse::NoContent().finish());
    }
    Err(ApiError::NotFound)
}
