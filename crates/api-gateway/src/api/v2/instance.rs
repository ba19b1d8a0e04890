//! `GET /api/v2/instance`: the first thing that a client asks.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_model::Tenant;
use belfry_tenancy::about::{About, about};

use crate::Gateway;
use crate::api::ApiError;
use crate::api::entity::Account;
use crate::api::entity::instance::{Instance, Told};

pub async fn handle(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Ok().json(Instance::new(&told(&gateway, &tenant).await?)))
}

/// Both versions tell the same.
pub async fn told(gateway: &Gateway, tenant: &Arc<Tenant>) -> Result<Told, ApiError> {
    let about: About =
        about(&gateway.platform.tenancy, tenant).await.map_err(|error| ApiError::internal(&error))?;
    let origin = gateway.platform.origin(tenant);
    Ok(Told {
        contact: None::<Account>,
        tenant: Arc::clone(tenant),
        about,
        origin,
        limits: gateway.social.limits(),
    })
}
