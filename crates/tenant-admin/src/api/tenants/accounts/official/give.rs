//! `PUT /api/belfry/v1/tenants/{slug}/accounts/{name}/official`

use actix_web::{HttpResponse, web};
use belfry_model::Username;
use belfry_tenancy::official;
use serde::Deserialize;

use super::{Official, meant, refusal};
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewOfficial {
    /// The local part on the shared domain; the account's own if left out.
    #[schema(example = "press")]
    handle: Option<String>,
    /// For the record.
    reason: Option<String>,
}

/// Gives an account a handle on the shared domain. For its followers' servers that is a rename.
/// A handle never passes from one body to another, also after it was released.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/tenants/{slug}/accounts/{name}/official",
    operation_id = "official_give",
    tag = "accounts",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path), ("name" = String, Path, description = "The local part of its handle")),
    request_body = NewOfficial,
    responses(
        (status = 200, body = Official),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body, description = "Kept for somebody else, or the account has another"),
        (status = 422, body = error::Body),
    ),
)]
pub async fn handle(
    path: web::Path<(String, String)>,
    call: Call<Write, NewOfficial>,
) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let (tenant, account) = meant(&governs, &path)?;
    let handle = match body.handle {
        Some(text) => text.parse::<Username>().map_err(|error| ApiError::Unprocessable(error.to_string()))?,
        None => account.clone(),
    };
    let by = governs.because(body.reason.as_deref());
    let changed = official::give(governs.tenancy(), governs.admin(), &tenant, &account, &handle, &by)
        .await
        .map_err(refusal)?;
    let official_handle = Some(format!("@{handle}@{}", governs.tenancy().names.shared_domain));
    Ok(HttpResponse::Ok().json(Official { official_handle, changed }))
}
