//! `GET /api/belfry/v1/tenants/{slug}/peers`

use actix_web::{HttpResponse, web};

use super::Peers;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error, tenant};

/// The servers that a namespace speaks with while it is a pilot.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/tenants/{slug}/peers",
    tag = "tenants",
    security(("token" = ["govern:read"])),
    params(("slug" = String, Path)),
    responses((status = 200, body = Peers), (status = 404, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>, slug: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let tenant = tenant(&governs, &slug)?;
    let hosts = governs.admin().peer_list(tenant.id).await.map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok().json(Peers { hosts }))
}
