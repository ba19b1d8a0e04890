//! `POST /api/belfry/v1/tenants/{slug}/suspend`

use actix_web::{HttpResponse, web};
use belfry_tenancy::lifecycle;
use serde::Deserialize;

use super::TenantEntity;
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error, tenant};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct Reasoned {
    /// For the record, and for the agency's people. At most 500 characters.
    reason: String,
}

/// Closes a namespace until it is resumed: nothing of it is sent, what others send it is kept.
/// Suspending one that is suspended changes nothing.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/tenants/{slug}/suspend",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path)),
    request_body = Reasoned,
    responses(
        (status = 200, body = TenantEntity),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body),
        (status = 422, body = error::Body),
    ),
)]
pub async fn handle(slug: web::Path<String>, call: Call<Write, Reasoned>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let known = tenant(&governs, &slug)?;
    let by = governs.because(Some(&body.reason));
    lifecycle::suspend(governs.tenancy(), governs.admin(), &known, &by).await?;
    let tenant = tenant(&governs, &slug)?;
    Ok(HttpResponse::Ok().json(TenantEntity::of(&tenant, &governs.tenancy().names)))
}
