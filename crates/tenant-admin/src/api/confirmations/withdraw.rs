//! `POST /api/belfry/v1/confirmations/{id}/withdraw`

use actix_web::{HttpResponse, web};
use belfry_tenancy::confirm;

use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error};

/// Takes a proposal back that waits.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/confirmations/{id}/withdraw",
    tag = "confirmations",
    security(("token" = ["govern:write"])),
    params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = error::Body)),
)]
pub async fn handle(id: web::Path<String>, governs: Governs<Write>) -> Result<HttpResponse, ApiError> {
    let id = id.parse().map_err(|_| ApiError::NotFound)?;
    if confirm::withdraw(governs.admin(), id, &governs.because(None)).await? {
        return Ok(HttpResponse::NoContent().finish());
    }
    Err(ApiError::NotFound)
}
