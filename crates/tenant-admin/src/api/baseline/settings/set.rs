//! `PUT /api/belfry/v1/baseline/settings`

use actix_web::HttpResponse;
use belfry_storage::Baseline;
use belfry_tenancy::baseline::settings::{self, SettingError};

use super::SettingsEntity;
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error};

/// Sets what holds for every namespace, all of it at once.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/baseline/settings",
    tag = "baseline",
    security(("token" = ["govern:write"])),
    request_body = SettingsEntity,
    responses((status = 200, body = SettingsEntity), (status = 422, body = error::Body)),
)]
pub async fn handle(call: Call<Write, SettingsEntity>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let new = Baseline {
        require_second_factor: body.require_second_factor,
        require_alt_text: body.require_alt_text,
        retention_days: body.retention_days,
        post_length: body.post_length,
    };
    settings::set(governs.admin(), &new, &governs.because(None)).await.map_err(|error| match error {
        SettingError::Internal(error) => ApiError::internal(&error),
        SettingError::Range
        | SettingError::AltText
        | SettingError::Retention(_)
        | SettingError::PostLength(_) => ApiError::Unprocessable(error.to_string()),
    })?;
    Ok(HttpResponse::Ok().json(body))
}
