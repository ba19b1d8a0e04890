//! `GET /api/v1/instance`: what older clients read instead of version 2.

use actix_web::{HttpResponse, web};
use belfry_edge::TenantHost;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::entity::instance_v1::InstanceV1;
use crate::api::v2::instance::told;

pub async fn handle(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Ok().json(InstanceV1::new(&told(&gateway, &tenant).await?)))
}
