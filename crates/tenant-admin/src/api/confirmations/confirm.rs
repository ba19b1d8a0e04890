//! `POST /api/belfry/v1/confirmations/{id}/confirm`

use actix_web::{HttpResponse, web};
use belfry_tenancy::confirm::{self, Done};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::api::auth::{Governs, Write};
use crate::api::{ApiError, error};

/// What came of it. All but `done` stands there where somebody was invited.
#[derive(Debug, Default, Serialize, utoipa::ToSchema)]
pub struct Confirmed {
    /// `transferred` or `invited`.
    done: &'static str,
    email: Option<String>,
    invitation_url: Option<String>,
    /// Shown this once.
    code: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<DateTime<Utc>>,
}

/// The second person's word, and with it the act. Needs a token of another person than the one who
/// proposed.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/confirmations/{id}/confirm",
    tag = "confirmations",
    security(("token" = ["govern:write"])),
    params(("id" = String, Path)),
    responses(
        (status = 200, body = Confirmed),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body),
    ),
)]
pub async fn handle(id: web::Path<String>, governs: Governs<Write>) -> Result<HttpResponse, ApiError> {
    let id = id.parse().map_err(|_| ApiError::NotFound)?;
    let by = governs.because(None);
    let confirmed = match confirm::confirm(governs.tenancy(), governs.admin(), id, &by).await? {
        None => return Err(ApiError::NotFound),
        Some(Done::Transferred) => Confirmed { done: "transferred", ..Confirmed::default() },
        Some(Done::Invited(invitation)) => Confirmed {
            done: "invited",
            email: Some(invitation.email.to_string()),
            invitation_url: Some(invitation.url.clone()),
            code: Some(invitation.code.expose().to_owned()),
            expires_at: Some(invitation.expires_at),
        },
    };
    Ok(HttpResponse::Ok().json(confirmed))
}
