//! `GET /api/v1/instance/extended_description`: the tenant's own words about itself.

use actix_web::{HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_tenancy::about;
use serde::Serialize;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::entity::Timestamp;

#[derive(Debug, Serialize)]
struct ExtendedDescription {
    updated_at: Timestamp,
    /// HTML.
    content: String,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
) -> Result<HttpResponse, ApiError> {
    let about = about::about(&gateway.platform.tenancy, &tenant).await;
    let setting = about.map_err(|error| ApiError::internal(&error))?.setting;
    let origin = gateway.platform.origin(&tenant);
    Ok(HttpResponse::Ok().json(ExtendedDescription {
        updated_at: Timestamp(setting.updated_at),
        content: belfry_social::text::render(&setting.description, &[], &origin),
    }))
}
