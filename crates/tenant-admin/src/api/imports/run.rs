//! `POST /api/belfry/v1/imports/{id}/run`

use actix_web::{HttpResponse, web};

use super::ImportEntity;
use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error};

/// Has a list worked off, row by row, by a process of ours that takes it within moments. Asked
/// twice, it runs once.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/imports/{id}/run",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    params(("id" = String, Path)),
    responses((status = 202, body = ImportEntity), (status = 404, body = error::Body)),
)]
pub async fn handle(governs: Governs<Write>, id: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let number = id.parse().map_err(|_| ApiError::NotFound)?;
    let import = governs.admin().tenant_import_fetch(number).await;
    let import = import.map_err(|error| ApiError::internal(&error))?.ok_or(ApiError::NotFound)?;
    let by = governs.because(Some(&import.reason));
    governs
        .admin()
        .tenant_import_start(number, by.actor())
        .await
        .map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Accepted().json(ImportEntity::find(governs.admin(), &id).await?))
}
