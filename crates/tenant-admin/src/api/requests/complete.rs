//! `POST /api/belfry/v1/requests/{number}/complete`

use actix_web::{HttpResponse, web};
use belfry_tenancy::admission;

use super::{CaseEntity, find, shown};
use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error};

/// Goes on where making the namespace of an approved request was interrupted.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/requests/{number}/complete",
    tag = "requests",
    security(("token" = ["govern:write"])),
    params(("number" = String, Path)),
    responses(
        (status = 200, body = CaseEntity),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body),
    ),
)]
pub async fn handle(number: web::Path<String>, governs: Governs<Write>) -> Result<HttpResponse, ApiError> {
    let case = find(&governs, &number).await?;
    let by = governs.because(None);
    admission::complete(governs.tenancy(), governs.admin(), &case, &by).await?;
    Ok(HttpResponse::Ok().json(shown(&governs, &case).await?))
}
