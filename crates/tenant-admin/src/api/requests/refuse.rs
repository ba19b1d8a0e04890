//! `POST /api/belfry/v1/requests/{number}/refuse`

use actix_web::{HttpResponse, web};
use belfry_tenancy::admission;
use serde::Deserialize;

use super::{CaseEntity, find, shown};
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct Refusal {
    /// At most `admission.text_length` characters.
    reason: String,
}

/// Refuses, by mail, with the reason.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/requests/{number}/refuse",
    tag = "requests",
    security(("token" = ["govern:write"])),
    params(("number" = String, Path)),
    request_body = Refusal,
    responses(
        (status = 200, body = CaseEntity),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body, description = "It is decided"),
        (status = 422, body = error::Body),
    ),
)]
pub async fn handle(number: web::Path<String>, call: Call<Write, Refusal>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let case = find(&governs, &number).await?;
    let settings = &governs.platform.settings.admission;
    let by = governs.because(None);
    admission::refuse(governs.tenancy(), governs.admin(), settings, &case, &body.reason, &by).await?;
    Ok(HttpResponse::Ok().json(shown(&governs, &case).await?))
}
