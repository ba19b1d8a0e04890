//! `GET /api/belfry/v1/requests/{number}`

use actix_web::{HttpResponse, web};

use super::{CaseEntity, find};
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error};

/// One request, with what was asked and answered, and the agreement.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/requests/{number}",
    tag = "requests",
    security(("token" = ["govern:read"])),
    params(("number" = String, Path)),
    responses((status = 200, body = CaseEntity), (status = 404, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>, number: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let case = find(&governs, &number).await?;
    Ok(HttpResponse::Ok().json(CaseEntity::of(&case)))
}
