//! `DELETE /api/belfry/v1/tenants/{slug}/accounts/{name}/official`

use actix_web::{HttpResponse, web};
use belfry_tenancy::official;
use serde::Deserialize;

use super::{Official, meant, refusal};
use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error};

#[derive(Debug, Default, Deserialize)]
pub struct Query {
    reason: Option<String>,
}

/// Takes an account's handle on the shared domain back. It stays kept for this namespace. For the
/// servers of the account's followers that is a rename.
#[utoipa::path(
    delete,
    path = "/api/belfry/v1/tenants/{slug}/accounts/{name}/official",
    operation_id = "official_release",
    tag = "accounts",
    security(("token" = ["govern:write"])),
    params(
        ("slug" = String, Path),
        ("name" = String, Path, description = "The local part of its handle"),
        ("reason" = Option<String>, Query, description = "For the record"),
    ),
    responses((status = 200, body = Official), (status = 404, body = error::Body)),
)]
pub async fn handle(
    governs: Governs<Write>,
    path: web::Path<(String, String)>,
    query: web::Query<Query>,
) -> Result<HttpResponse, ApiError> {
    let (tenant, account) = meant(&governs, &path)?;
    let by = governs.because(query.reason.as_deref());
    let was = official::release(governs.tenancy(), governs.admin(), &tenant, &account, &by)
        .await
        .map_err(refusal)?;
    Ok(HttpResponse::Ok().json(Official { official_handle: None, changed: was.is_some() }))
}
