//! `GET /api/v1/instance/rules`.

use actix_web::{HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_tenancy::about;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::entity::Rule;

pub async fn handle(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
) -> Result<HttpResponse, ApiError> {
    let rules = about::rules(&gateway.platform.tenancy, &tenant).await;
    let rules = rules.map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok().json(Rule::list(&rules, &tenant.language)))
}
