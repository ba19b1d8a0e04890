//! `DELETE /api/belfry/v1/baseline/reserved_handles/{pattern}`

use actix_web::{HttpResponse, web};
use belfry_tenancy::baseline::handles;

use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error};

/// Gives what fits a pattern free again.
#[utoipa::path(
    delete,
    path = "/api/belfry/v1/baseline/reserved_handles/{pattern}",
    tag = "baseline",
    security(("token" = ["govern:write"])),
    params(("pattern" = String, Path)),
    responses((status = 204), (status = 404, body = error::Body, description = "It is not reserved")),
)]
pub async fn handle(governs: Governs<Write>, pattern: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let by = governs.because(None);
    let released = handles::release(governs.tenancy(), governs.admin(), &pattern, &by).await;
    if released.map_err(|error| ApiError::internal(&error))? {
        return Ok(HttpResponse::NoContent().finish());
    }
    Err(ApiError::NotFound)
}
