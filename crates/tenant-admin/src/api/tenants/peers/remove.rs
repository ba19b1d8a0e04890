//! `DELETE /api/belfry/v1/tenants/{slug}/peers/{host}`

use actix_web::{HttpResponse, web};
use belfry_tenancy::operate;

use super::{Peers, host};
use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error, tenant};

/// Takes a server from a pilot's list.
#[utoipa::path(
    delete,
    path = "/api/belfry/v1/tenants/{slug}/peers/{host}",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path), ("host" = String, Path)),
    responses(
        (status = 200, body = Peers),
        (status = 404, body = error::Body, description = "No such namespace, or the server is not listed"),
    ),
)]
pub async fn handle(
    governs: Governs<Write>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let tenant = tenant(&governs, &path.0)?;
    let host = host(&path.1)?;
    let internal = |error: belfry_tenancy::Error| ApiError::internal(&error);
    let by = governs.because(None);
    let removed = operate::peer_remove(governs.tenancy(), governs.admin(), &tenant, &host, &by).await;
    if !removed.map_err(internal)? {
        return Err(ApiError::NotFound);
    }
    let hosts = governs.admin().peer_list(tenant.id).await.map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok().json(Peers { hosts }))
}
