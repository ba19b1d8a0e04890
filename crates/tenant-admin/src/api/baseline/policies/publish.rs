//! `POST /api/belfry/v1/baseline/policies/{policy}/versions`

use actix_web::{HttpResponse, web};
use belfry_tenancy::policies;

use super::policy;
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error};
use crate::policy_entity::{NewPolicyVersion, Published};

/// Publishes a version for all agencies. What is published never changes.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/baseline/policies/{policy}/versions",
    tag = "baseline",
    security(("token" = ["govern:write"])),
    params(("policy" = String, Path, description = "A word such as `rules`")),
    request_body = NewPolicyVersion,
    responses(
        (status = 200, body = Published),
        (status = 409, body = error::Body, description = "The latest version says just this"),
        (status = 422, body = error::Body, description = "An unknown variable, no text, no reason, a day that is over"),
    ),
)]
pub async fn handle(
    path: web::Path<String>,
    call: Call<Write, NewPolicyVersion>,
) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let by = governs.because(Some(&body.reason));
    let publication = body.publication(policy(&path)?);
    let version = policies::publish_baseline(governs.tenancy(), governs.admin(), &publication, &by).await?;
    Ok(HttpResponse::Ok().json(Published { version }))
}
