//! `GET` and `PUT /api/belfry/v1/quota`: the platform's plan.

use actix_web::HttpResponse;
use belfry_tenancy::usage;
use serde::{Deserialize, Serialize};

use super::auth::{Call, Governs, Read, Write};
use super::tenants::quota::refused;
use super::usage::QuotaEntity;
use super::{ApiError, error};

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlatformPlan {
    quota: QuotaEntity,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewPlatformPlan {
    /// Whole: what is left out is without limit.
    quota: QuotaEntity,
    /// For the record.
    reason: Option<String>,
}

/// The plan of every tenant that has none of its own.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/quota",
    tag = "usage",
    security(("token" = ["govern:read"])),
    responses((status = 200, body = PlatformPlan)),
)]
pub async fn show(governs: Governs<Read>) -> Result<HttpResponse, ApiError> {
    let quota = governs.admin().quota_default().await.map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok().json(PlatformPlan { quota: quota.into() }))
}

/// Changes the plan of every tenant that has none of its own, at once.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/quota",
    tag = "usage",
    security(("token" = ["govern:write"])),
    request_body = NewPlatformPlan,
    responses((status = 200, body = PlatformPlan), (status = 422, body = error::Body)),
)]
pub async fn handle(call: Call<Write, NewPlatformPlan>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let by = governs.because(body.reason.as_deref());
    let quota = body.quota.into();
    usage::quota_default_set(governs.admin(), quota, &by).await.map_err(refused)?;
    Ok(HttpResponse::Ok().json(PlatformPlan { quota: quota.into() }))
}
