//! `PUT /api/belfry/v1/tenants/{slug}/wipe_on`

use actix_web::{HttpResponse, web};
use belfry_tenancy::operate::{self, WipeError};
use chrono::NaiveDate;
use serde::Deserialize;

use super::TenantEntity;
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error, tenant};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewWipeDate {
    /// `null`: it is no sandbox.
    #[schema(value_type = Option<String>, required = true, example = "2027-01-31")]
    wipe_on: Option<NaiveDate>,
    /// For the record.
    reason: Option<String>,
}

/// Makes a namespace a sandbox that is to be wiped on a date, or one that stays. Its people see it;
/// on that day it is deleted, without days of grace.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/tenants/{slug}/wipe_on",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path)),
    request_body = NewWipeDate,
    responses(
        (status = 200, body = TenantEntity),
        (status = 404, body = error::Body),
        (status = 422, body = error::Body, description = "The day is over, or it is the lead agency"),
    ),
)]
pub async fn handle(
    slug: web::Path<String>,
    call: Call<Write, NewWipeDate>,
) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let known = tenant(&governs, &slug)?;
    let by = governs.because(body.reason.as_deref());
    operate::wipe_on_set(governs.tenancy(), governs.admin(), &known, body.wipe_on, &by).await.map_err(
        |error| match error {
            WipeError::Over(_) | WipeError::Lead => ApiError::Unprocessable(error.to_string()),
            WipeError::Internal(error) => ApiError::internal(&error),
        },
    )?;
    let tenant = tenant(&governs, &slug)?;
    Ok(HttpResponse::Ok().json(TenantEntity::of(&tenant, &governs.tenancy().names)))
}
