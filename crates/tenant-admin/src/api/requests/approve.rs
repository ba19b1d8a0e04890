//! `POST /api/belfry/v1/requests/{number}/approve`

use actix_web::{HttpResponse, web};
use belfry_model::Phase;
use belfry_tenancy::admission::{self, Approval};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{CaseEntity, find, shown};
use crate::api::auth::{Call, Write};
use crate::api::usage::QuotaEntity;
use crate::api::{ApiError, error};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewApproval {
    /// `pilot`, `invited` or `public`; `invited` if left out.
    #[schema(value_type = Option<String>)]
    phase: Option<Phase>,
    /// Who gets the invitation to own the namespace; who asked, if left out.
    owner_email: Option<String>,
    /// A plan of its own, whole: what is left out of it is without limit. The platform's, if there is none.
    quota: Option<QuotaEntity>,
    /// What was agreed; the draft with the names filled in, if left out.
    agreement: Option<String>,
    signatory: String,
    #[schema(value_type = String, format = Date)]
    signed_on: NaiveDate,
    /// Later than the day of signing.
    #[schema(value_type = String, format = Date)]
    review_on: NaiveDate,
}

/// Approves by agreement. The namespace is made at once, and its owner gets an invitation by mail.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/requests/{number}/approve",
    tag = "requests",
    security(("token" = ["govern:write"])),
    params(("number" = String, Path)),
    request_body = NewApproval,
    responses(
        (status = 200, body = CaseEntity),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body, description = "It is decided, or the short name is taken"),
        (status = 422, body = error::Body),
    ),
)]
pub async fn handle(
    number: web::Path<String>,
    call: Call<Write, NewApproval>,
) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let case = find(&governs, &number).await?;
    let owner = body.owner_email.as_deref().unwrap_or(&case.request.email);
    let text = match body.agreement {
        Some(text) => text,
        None => admission::agreement_draft(governs.tenancy(), &case.request)?,
    };
    let approval = Approval {
        phase: body.phase.unwrap_or(Phase::Invited),
        owner_email: owner.parse().map_err(|error| ApiError::Unprocessable(format!("{error}")))?,
        quota: body.quota.map(Into::into),
        text,
        signatory: body.signatory,
        signed_on: body.signed_on,
        review_on: body.review_on,
    };
    let settings = &governs.platform.settings.admission;
    let by = governs.because(None);
    admission::approve(governs.tenancy(), governs.admin(), settings, &case, &approval, &by).await?;
    Ok(HttpResponse::Ok().json(shown(&governs, &case).await?))
}
