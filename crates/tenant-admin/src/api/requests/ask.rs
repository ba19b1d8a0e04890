//! `POST /api/belfry/v1/requests/{number}/ask`

use actix_web::{HttpResponse, web};
use belfry_tenancy::admission;
use serde::Deserialize;

use super::{CaseEntity, find, shown};
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct Question {
    /// At most `admission.text_length` characters.
    question: String,
}

/// Asks the applicant something, by mail. They answer on the page of their request.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/requests/{number}/ask",
    tag = "requests",
    security(("token" = ["govern:write"])),
    params(("number" = String, Path)),
    request_body = Question,
    responses(
        (status = 200, body = CaseEntity),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body, description = "It is decided"),
        (status = 422, body = error::Body),
    ),
)]
pub async fn handle(
    number: web::Path<String>,
    call: Call<Write, Question>,
) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let case = find(&governs, &number).await?;
    let settings = &governs.platform.settings.admission;
    let by = governs.because(None);
    admission::ask(governs.tenancy(), governs.admin(), settings, &case, &body.question, &by).await?;
    Ok(HttpResponse::Ok().json(shown(&governs, &case).await?))
}
