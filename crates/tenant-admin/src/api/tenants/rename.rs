//! `PUT /api/belfry/v1/tenants/{slug}/name`

use actix_web::{HttpResponse, web};
use belfry_social::account::{RenameError, agency_rename};
use serde::Deserialize;

use super::TenantEntity;
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error, tenant};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewName {
    /// What the public calls the body. At most 200 characters.
    name: String,
    /// For the record.
    reason: Option<String>,
}

/// Gives an agency another name. Its slug and its addresses stay; its organisation account follows
/// where it was called the same, and its followers hear of it.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/tenants/{slug}/name",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path)),
    request_body = NewName,
    responses(
        (status = 200, body = TenantEntity),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body),
        (status = 422, body = error::Body),
    ),
)]
pub async fn handle(slug: web::Path<String>, call: Call<Write, NewName>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let known = tenant(&governs, &slug)?;
    let by = governs.because(body.reason.as_deref());
    match agency_rename(governs.tenancy(), governs.admin(), &known, &body.name, &by).await {
        Ok(_) => {}
        Err(RenameError::Refused(error)) => return Err(error.into()),
        Err(RenameError::Internal(error)) => return Err(ApiError::internal(&error)),
    }
    let tenant = tenant(&governs, &slug)?;
    Ok(HttpResponse::Ok().json(TenantEntity::of(&tenant, &governs.tenancy().names)))
}
