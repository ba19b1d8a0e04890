//! `GET /api/belfry/v1/imports/{id}`

use actix_web::{HttpResponse, web};

use super::ImportEntity;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error};

/// A list, and what has become of its rows so far.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/imports/{id}",
    tag = "tenants",
    security(("token" = ["govern:read"])),
    params(("id" = String, Path)),
    responses((status = 200, body = ImportEntity), (status = 404, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>, id: web::Path<String>) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Ok().json(ImportEntity::find(governs.admin(), &id).await?))
}
