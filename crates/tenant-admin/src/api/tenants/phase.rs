//! `PUT /api/belfry/v1/tenants/{slug}/phase`

use actix_web::{HttpResponse, web};
use belfry_model::Phase;
use belfry_tenancy::operate;
use serde::Deserialize;

use super::TenantEntity;
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error, tenant};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewPhase {
    /// `pilot`, `invited` or `public`.
    #[schema(value_type = String)]
    phase: Phase,
    /// For the record.
    reason: Option<String>,
}

/// Opens a namespace further, or less far. Every process follows within moments.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/tenants/{slug}/phase",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path)),
    request_body = NewPhase,
    responses((status = 200, body = TenantEntity), (status = 404, body = error::Body)),
)]
pub async fn handle(slug: web::Path<String>, call: Call<Write, NewPhase>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let known = tenant(&governs, &slug)?;
    let by = governs.because(body.reason.as_deref());
    operate::phase_set(governs.tenancy(), governs.admin(), &known, body.phase, &by)
        .await
        .map_err(|error| ApiError::internal(&error))?;
    let tenant = tenant(&governs, &slug)?;
    Ok(HttpResponse::Ok().json(TenantEntity::of(&tenant, &governs.tenancy().names)))
}
