//! `POST /api/belfry/v1/tenants/{slug}/delete` and `…/keep`

use actix_web::{HttpResponse, web};
use belfry_tenancy::lifecycle::{self, Grace};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error, tenant};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct Deletion {
    /// For the record, and for the agency's people. At most 500 characters.
    reason: String,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct Keeping {
    /// For the record.
    reason: Option<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Deleting {
    /// Until then it can be kept.
    #[schema(value_type = String, format = DateTime)]
    delete_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Kept {
    /// Whether it was to be deleted. It stays suspended.
    changed: bool,
}

/// Closes an agency, to be deleted after `platform.deletion_grace_days`. Asked again, the days begin anew.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/tenants/{slug}/delete",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path)),
    request_body = Deletion,
    responses(
        (status = 202, body = Deleting),
        (status = 404, body = error::Body),
        (status = 409, body = error::Body),
        (status = 422, body = error::Body),
    ),
)]
pub async fn delete(slug: web::Path<String>, call: Call<Write, Deletion>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let known = tenant(&governs, &slug)?;
    let by = governs.because(Some(&body.reason));
    let grace = Grace::days(governs.platform.settings.platform.deletion_grace_days);
    let delete_at = lifecycle::delete(governs.tenancy(), governs.admin(), &known, grace, &by).await?;
    Ok(HttpResponse::Accepted().json(Deleting { delete_at }))
}

/// Keeps an agency that was to be deleted. It stays suspended until it is resumed.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/tenants/{slug}/keep",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    params(("slug" = String, Path)),
    request_body = Keeping,
    responses((status = 200, body = Kept), (status = 404, body = error::Body)),
)]
pub async fn keep(slug: web::Path<String>, call: Call<Write, Keeping>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let known = tenant(&governs, &slug)?;
    let by = governs.because(body.reason.as_deref());
    let changed = lifecycle::keep(governs.tenancy(), governs.admin(), &known, &by).await?;
    Ok(HttpResponse::Ok().json(Kept { changed }))
}
