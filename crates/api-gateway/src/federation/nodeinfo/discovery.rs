//! `GET /.well-known/nodeinfo`: which versions there are and where.

use actix_web::{HttpResponse, web};
use belfry_activitypub::document::nodeinfo::Discovery;
use belfry_edge::TenantHost;

use crate::Gateway;

pub async fn handle(gateway: web::Data<Gateway>, TenantHost(tenant): TenantHost) -> HttpResponse {
    HttpResponse::Ok().json(Discovery::new(&gateway.platform.origin(&tenant).at("")))
}
