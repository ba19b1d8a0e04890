//! `GET` and `PUT /api/belfry/v1/tenants/{slug}/quota`

use actix_web::{HttpResponse, web};
use belfry_model::Tenant;
use belfry_storage::AdminDb;
use belfry_tenancy::usage::{self, QuotaError};
use serde::{Deserialize, Serialize};

use crate::api::auth::{Call, Governs, Read, Write};
use crate::api::usage::QuotaEntity;
use crate::api::{ApiError, error, tenant};

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlanReport {
    /// The plan that holds.
    quota: QuotaEntity,
    /// It is the tenant's own and not the platform's.
    own_plan: bool,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewPlan {
    /// The tenant's own plan, whole: what is left out is without limit. `null` gives it the
    /// platform's.
    #[serde(deserialize_with = "said")]
    quota: Option<QuotaEntity>,
    /// For the record.
    reason: Option<String>,
}

/// Forgetting to say which plan must not take one away: the field has to be there.
fn said<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<QuotaEntity>, D::Error> {
    Option::deserialize(deserializer)
}

/// How much a tenant may use.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/tenants/{slug}/quota",
    tag = "usage",
    security(("token" = ["govern:read"])),
    params(("slug" = String, Path)),
    responses((status = 200, body = PlanReport), (status = 404, body = error::Body)),
)]
pub async fn show(governs: Governs<Read>, slug: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let tenant = tenant(&governs, &slug)?;
    report(governs.admin(), &tenant).await
}

/// Gives a tenant a plan of its own, or the platform's. It holds at once; what is beyond a smaller
/// plan stays, and no more is added.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/tenants/{slug}/quota",
    tag = "usage",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path)),
    request_body = NewPlan,
    responses(
        (status = 200, body = PlanReport),
        (status = 404, body = error::Body),
        (status = 422, body = error::Body),
    ),
)]
pub async fn handle(slug: web::Path<String>, call: Call<Write, NewPlan>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let tenant = tenant(&governs, &slug)?;
    let by = governs.because(body.reason.as_deref());
    usage::quota_set(governs.admin(), &tenant, body.quota.map(Into::into), &by).await.map_err(refused)?;
    report(governs.admin(), &tenant).await
}

async fn report(admin: &AdminDb, tenant: &Tenant) -> Result<HttpResponse, ApiError> {
    let internal = |error: belfry_storage::Error| ApiError::internal(&error);
    let own = admin.quota_fetch(tenant.id).await.map_err(internal)?;
    let (quota, own_plan) = match own {
        Some(quota) => (quota, true),
        None => (admin.quota_default().await.map_err(internal)?, false),
    };
    Ok(HttpResponse::Ok().json(PlanReport { quota: quota.into(), own_plan }))
}

pub(in crate::api) fn refused(error: QuotaError) -> ApiError {
    match error {
        QuotaError::Unfit(unfit) => ApiError::Unprocessable(unfit.to_string()),
        QuotaError::Internal(error) => ApiError::internal(&error),
    }
}
