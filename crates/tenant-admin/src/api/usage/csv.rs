//! `GET /api/belfry/v1/usage.csv`

use actix_web::{HttpResponse, web};
use belfry_tenancy::usage;

use super::Query;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error};
use crate::csv_answer;

/// One month for charging back: a row for each tenant, with columns that stay.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/usage.csv",
    tag = "usage",
    security(("token" = ["govern:read"])),
    params(("month" = Option<String>, Query, description = "Such as `2026-11`; the present one unless told")),
    responses((status = 200, content_type = "text/csv", body = String), (status = 400, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>, query: web::Query<Query>) -> Result<HttpResponse, ApiError> {
    let month = query.month(&governs)?;
    let tenants = usage::month(governs.admin(), month).await.map_err(|error| ApiError::internal(&error))?;
    Ok(csv_answer(&format!("belfry-usage-{month}.csv"), usage::charges(month, &tenants)))
}
