//! `GET /api/belfry/v1/tenants/{slug}`

use actix_web::{HttpResponse, web};

use super::TenantEntity;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error, tenant};

/// One namespace.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/tenants/{slug}",
    tag = "tenants",
    security(("token" = ["govern:read"])),
    params(("slug" = String, Path)),
    responses((status = 200, body = TenantEntity), (status = 404, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>, slug: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let tenant = tenant(&governs, &slug)?;
    Ok(HttpResponse::Ok().json(TenantEntity::of(&tenant, &governs.tenancy().names)))
}
