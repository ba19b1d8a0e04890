//! `GET /actor`: the actor that fetches on the tenant's behalf. Served without a signature, or
//! two servers that both ask for one would wait for each other.

use actix_web::{HttpResponse, web};
use belfry_edge::TenantHost;

use super::{FederationError, negotiate};
use crate::Gateway;

pub async fn handle(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
) -> Result<HttpResponse, FederationError> {
    negotiate::answer(gateway.federation.publish_instance_actor(&tenant).await?)
}
