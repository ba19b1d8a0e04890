//! `GET /api/v2/instance`: the first thing that a client asks.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_model::Tenant;
use belfry_social::Viewer;
use belfry_tenancy::about::{About, about};
use belfry_tenancy::policies;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::entity::instance::{Instance, Told};
use crate::media::THUMBNAIL;

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
    let heads = policies::heads(&gateway.platform.tenancy, tenant.scope()).await;
    let heads = heads.map_err(|error| ApiError::internal(&error))?;
    let contact = match about.organisation {
        Some(id) => {
            let viewer = Viewer::anonymous(tenant.scope());
            let accounts = gateway.social.account_list(viewer, &[id]).await?;
            accounts.first().map(|view| gateway.present(tenant).account(view))
        }
        None => None,
    };
    Ok(Told {
        contact,
        policies: heads.into_iter().filter_map(|(policy, now, _)| now.map(|_| policy)).collect(),
        tenant: Arc::clone(tenant),
        about,
        origin,
        limits: gateway.social.limits(),
        thumbnail: gateway.platform.names().media_url(THUMBNAIL),
    })
}
