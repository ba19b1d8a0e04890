//! `POST /api/belfry/v1/tenants/{slug}/resume`

use actix_web::{HttpResponse, web};
use belfry_tenancy::lifecycle;
use serde::Deserialize;

use super::TenantEntity;
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error, tenant};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct MaybeReasoned {
    /// For the record.
    reason: Option<String>,
}

/// Opens a suspended namespace again: what waited is sent, as if no time had passed.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/tenants/{slug}/resume",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path)),
    request_body = MaybeReasoned,
    responses(
        (status = 200, body = TenantEntity),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body),
    ),
)]
pub async fn handle(
    slug: web::Path<String>,
    call: Call<Write, MaybeReasoned>,
) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let known = tenant(&governs, &slug)?;
    let by = governs.because(body.reason.as_deref());
    lifecycle::resume(governs.tenancy(), governs.admin(), &known, &by).await?;
    let tenant = tenant(&governs, &slug)?;
    Ok(HttpResponse::Ok().json(TenantEntity::of(&tenant, &governs.tenancy().names)))
}
