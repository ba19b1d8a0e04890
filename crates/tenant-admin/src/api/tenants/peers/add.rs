//! `PUT /api/belfry/v1/tenants/{slug}/peers/{host}`

use actix_web::{HttpResponse, web};
use belfry_tenancy::operate::{self, PeerError};

use super::{Peers, host};
use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error, tenant};

/// Lists a server for a pilot. Listing it again changes nothing.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/tenants/{slug}/peers/{host}",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path), ("host" = String, Path, description = "As in an account's address")),
    responses(
        (status = 200, body = Peers),
        (status = 404, body = error::Body),
        (status = 422, body = error::Body, description = "No server's name, the namespace's own, or one too many"),
    ),
)]
pub async fn handle(
    governs: Governs<Write>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, ApiError> {
    let tenant = tenant(&governs, &path.0)?;
    let host = host(&path.1)?;
    let by = governs.because(None);
    operate::peer_add(governs.tenancy(), governs.admin(), &tenant, &host, &by).await.map_err(|error| {
        match error {
            PeerError::Itself(_) | PeerError::TooMany => ApiError::Unprocessable(error.to_string()),
            PeerError::Internal(error) => ApiError::internal(&error),
        }
    })?;
    let hosts = governs.admin().peer_list(tenant.id).await.map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok().json(Peers { hosts }))
}
