//! `GET /users/{name}/followers_synchronization`: who follows an account from the host of the
//! actor that asks (FEP-8fcf). Signed, or there would be no telling whose followers to show.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use belfry_activitypub::CONTENT_TYPE;
use belfry_edge::TenantHost;
use belfry_federation::Published;

use super::super::{FederationError, SignedReader, negotiate};
use super::username;
use crate::Gateway;

pub async fn handle(
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
    name: web::Path<String>,
    reader: SignedReader,
) -> Result<HttpResponse, FederationError> {
    let name = username(&name)?;
    match gateway.federation.publish_followers_of_host(&tenant, &name, reader.actor()).await? {
        // Each host is shown something else, so nobody in between may keep it.
        Published::Here(document) => Ok(HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "private, no-store"))
            .content_type(CONTENT_TYPE)
            .body(serde_json::to_vec(&document).map_err(|error| FederationError::internal(&error))?)),
        other => negotiate::answer(other),
    }
}
