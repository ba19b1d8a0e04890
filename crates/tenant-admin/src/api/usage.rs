//! `GET /api/belfry/v1/usage` and `/usage.csv`, and what their entities share.

pub mod csv;

use actix_web::{HttpResponse, web};
use belfry_model::{Month, Quota, Usage};
use belfry_storage::TenantUsage;
use belfry_tenancy::usage;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::auth::Governor;
use super::{ApiError, error};
use crate::api::auth::{Governs, Read};

/// What a tenant has, and what it did. Posts are posts and boosts, deleted ones included; a delivery
/// is one copy to one inbox, however often it is tried.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Usage)]
pub struct UsageEntity {
    pub accounts: u64,
    pub staff: u64,
    pub media_bytes: u64,
    pub posts: u64,
    pub deliveries: u64,
}

impl From<Usage> for UsageEntity {
    fn from(usage: Usage) -> Self {
        let Usage { accounts, staff, media_bytes, posts, deliveries } = usage;
        Self { accounts, staff, media_bytes, posts, deliveries }
    }
}

/// How much a tenant may use; `null` is without limit.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Quota)]
#[serde(deny_unknown_fields)]
pub struct QuotaEntity {
    pub accounts: Option<u64>,
    pub staff: Option<u64>,
    pub media_bytes: Option<u64>,
    pub posts_per_day: Option<u64>,
    pub deliveries_per_day: Option<u64>,
}

impl From<Quota> for QuotaEntity {
    fn from(quota: Quota) -> Self {
        let Quota { accounts, staff, media_bytes, posts_per_day, deliveries_per_day } = quota;
        Self { accounts, staff, media_bytes, posts_per_day, deliveries_per_day }
    }
}

impl From<QuotaEntity> for Quota {
    fn from(quota: QuotaEntity) -> Self {
        let QuotaEntity { accounts, staff, media_bytes, posts_per_day, deliveries_per_day } = quota;
        Self { accounts, staff, media_bytes, posts_per_day, deliveries_per_day }
    }
}

/// One tenant's month. Of accounts, staff and media it is the most at the end of any day.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantMonth {
    /// 64 bits, as text.
    id: String,
    slug: String,
    name: String,
    state: &'static str,
    usage: UsageEntity,
    /// As it is now.
    quota: QuotaEntity,
    /// The plan is the tenant's own and not the platform's.
    own_plan: bool,
}

impl TenantMonth {
    fn of(one: &TenantUsage) -> Self {
        Self {
            id: one.tenant.to_string(),
            slug: one.slug.clone(),
            name: one.name.clone(),
            state: one.state.as_str(),
            usage: one.usage.into(),
            quota: one.quota.into(),
            own_plan: one.own_plan,
        }
    }
}

/// All tenants in a month, by slug.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonthReport {
    #[schema(example = "2026-11")]
    month: String,
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    from: NaiveDate,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    to: NaiveDate,
    tenants: Vec<TenantMonth>,
    total: UsageEntity,
}

impl MonthReport {
    pub(crate) fn of(month: Month, tenants: &[TenantUsage]) -> Self {
        Self {
            month: month.to_string(),
            from: month.first(),
            to: month.last(),
            total: usage::total(tenants).into(),
            tenants: tenants.iter().map(TenantMonth::of).collect(),
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct Query {
    month: Option<String>,
}

impl Query {
    /// The present month unless one is named.
    pub(super) fn month(&self, governs: &impl Governor) -> Result<Month, ApiError> {
        match &self.month {
            None => Ok(Month::of(governs.tenancy().clock.now())),
            Some(text) => text.parse().map_err(|error| ApiError::Malformed(format!("{error}"))),
        }
    }
}

/// What every tenant used in a month (UTC days), and all together.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/usage",
    tag = "usage",
    security(("token" = ["govern:read"])),
    params(("month" = Option<String>, Query, description = "Such as `2026-11`; the present one unless told")),
    responses((status = 200, body = MonthReport), (status = 400, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>, query: web::Query<Query>) -> Result<HttpResponse, ApiError> {
    let month = query.month(&governs)?;
    let tenants = usage::month(governs.admin(), month).await.map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Ok().json(MonthReport::of(month, &tenants)))
}
