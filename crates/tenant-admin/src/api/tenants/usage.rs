//! `GET /api/belfry/v1/tenants/{slug}/usage`

use actix_web::{HttpResponse, web};
use belfry_tenancy::usage;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::api::auth::{Governs, Read};
use crate::api::usage::{QuotaEntity, UsageEntity};
use crate::api::{ApiError, error, tenant};

/// A year and a day: two years' same month can be compared.
const MOST_DAYS: u32 = 366;

#[derive(Debug, Deserialize)]
pub struct Query {
    #[serde(default = "month")]
    days: u32,
}

fn month() -> u32 {
    30
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DayReport {
    #[schema(value_type = String, format = Date)]
    day: NaiveDate,
    #[serde(flatten)]
    usage: UsageEntity,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UsageReport {
    /// What it has now, and what it did today.
    now: UsageEntity,
    quota: QuotaEntity,
    /// The oldest first, today last.
    days: Vec<DayReport>,
}

/// What one tenant uses, and did day by day (UTC).
#[utoipa::path(
    get,
    path = "/api/belfry/v1/tenants/{slug}/usage",
    tag = "usage",
    security(("token" = ["govern:read"])),
    params(("slug" = String, Path), ("days" = Option<u32>, Query, description = "Up to 366; 30 unless told")),
    responses((status = 200, body = UsageReport), (status = 404, body = error::Body)),
)]
pub async fn handle(
    governs: Governs<Read>,
    slug: web::Path<String>,
    query: web::Query<Query>,
) -> Result<HttpResponse, ApiError> {
    let tenant = tenant(&governs, &slug)?;
    let (admin, at) = (governs.admin(), governs.tenancy().clock.now());
    let internal = |error| ApiError::internal(&error);
    let (now, quota) = usage::now(admin, &tenant, at).await.map_err(internal)?;
    let days = usage::days(admin, &tenant, at, query.days.clamp(1, MOST_DAYS)).await.map_err(internal)?;
    let days = days.into_iter().map(|day| DayReport { day: day.day, usage: day.usage.into() }).collect();
    Ok(HttpResponse::Ok().json(UsageReport { now: now.into(), quota: quota.into(), days }))
}
