//! `GET /nodeinfo/2.0` and `/nodeinfo/2.1`: what software this is and how much one tenant has.

pub mod discovery;

use actix_web::{HttpResponse, web};
use belfry_activitypub::document::nodeinfo::{NodeInfo, Version};
use belfry_edge::TenantHost;
use belfry_tenancy::about::about;

use super::FederationError;
use crate::Gateway;

pub async fn v2_0(gateway: web::Data<Gateway>, tenant: TenantHost) -> Result<HttpResponse, FederationError> {
    answer(&gateway, &tenant, Version::V2_0).await
}

pub async fn v2_1(gateway: web::Data<Gateway>, tenant: TenantHost) -> Result<HttpResponse, FederationError> {
    answer(&gateway, &tenant, Version::V2_1).await
}

async fn answer(
    gateway: &Gateway,
    tenant: &TenantHost,
    version: Version,
) -> Result<HttpResponse, FederationError> {
    let about =
        about(&gateway.platform.tenancy, tenant).await.map_err(|error| FederationError::internal(&error))?;
    let info = NodeInfo {
        software_version: env!("CARGO_PKG_VERSION").to_owned(),
        repository: None,
        node_name: tenant.name.clone(),
        node_description: about.setting.description,
        users: about.counts.accounts,
        active_month: about.counts.active_month,
        active_half_year: about.counts.active_month,
        local_posts: about.counts.statuses,
        open_registrations: false,
    };
    Ok(HttpResponse::Ok().content_type(version.content_type()).body(info.document(version).to_string()))
}
