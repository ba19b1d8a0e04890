//! `POST /api/belfry/v1/tenants/{slug}/transfer-lead` and `…/break-glass`: the first person's word.

use actix_web::{HttpResponse, web};
use belfry_tenancy::EmailAddress;
use belfry_tenancy::confirm::{self, Act};
use serde::Deserialize;

use super::ProposalEntity;
use crate::api::auth::{Call, Governs, Write};
use crate::api::{ApiError, error, tenant};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct Transfer {
    /// For the record, and for the second person. At most 500 characters.
    reason: String,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct BreakGlass {
    /// Whom to invite as an owner.
    email: String,
    /// For the record, for the second person and for the agency's people. At most 500 characters.
    reason: String,
}

/// Proposes that this agency leads from now on. Its owners get the role `lead`.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/tenants/{slug}/transfer-lead",
    tag = "confirmations",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path)),
    request_body = Transfer,
    responses(
        (status = 202, body = ProposalEntity),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body),
        (status = 422, body = error::Body),
    ),
)]
pub async fn transfer_lead(
    slug: web::Path<String>,
    call: Call<Write, Transfer>,
) -> Result<HttpResponse, ApiError> {
    propose(&call.governs, &slug, &Act::TransferLead, &call.body.reason).await
}

/// Proposes to invite an owner to an agency that has lost its own. Shows no content.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/tenants/{slug}/break-glass",
    tag = "confirmations",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path)),
    request_body = BreakGlass,
    responses(
        (status = 202, body = ProposalEntity),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body),
        (status = 422, body = error::Body),
    ),
)]
pub async fn break_glass(
    slug: web::Path<String>,
    call: Call<Write, BreakGlass>,
) -> Result<HttpResponse, ApiError> {
    let email: EmailAddress = match call.body.email.parse() {
        Ok(email) => email,
        Err(error) => return Err(ApiError::Unprocessable(format!("{error}"))),
    };
    propose(&call.governs, &slug, &Act::BreakGlass { email }, &call.body.reason).await
}

async fn propose(
    governs: &Governs<Write>,
    slug: &str,
    act: &Act,
    reason: &str,
) -> Result<HttpResponse, ApiError> {
    let tenant = tenant(governs, slug)?;
    let by = governs.because(Some(reason));
    let row = confirm::propose(governs.tenancy(), governs.admin(), &tenant, act, &by).await?;
    Ok(HttpResponse::Accepted().json(ProposalEntity::of(row)))
}
