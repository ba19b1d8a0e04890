//! `POST /api/belfry/v1/requests/{number}/check`

use actix_web::{HttpResponse, web};
use belfry_tenancy::admission;

use super::{CaseEntity, find, shown};
use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error};

/// Has a worker look at the body's domain, within moments.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/requests/{number}/check",
    tag = "requests",
    security(("token" = ["govern:write"])),
    params(("number" = String, Path)),
    responses(
        (status = 200, body = CaseEntity),
        (status = 404, body = error::Body),
    ),
)]
pub async fn handle(number: web::Path<String>, governs: Governs<Write>) -> Result<HttpResponse, ApiError> {
    let case = find(&governs, &number).await?;
    let by = governs.because(None);
    admission::check_again(governs.tenancy(), governs.admin(), &case, &by).await?;
    Ok(HttpResponse::Ok().json(shown(&governs, &case).await?))
}
