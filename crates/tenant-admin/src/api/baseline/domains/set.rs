//! `PUT /api/belfry/v1/baseline/domains/{host}`

use actix_web::{HttpResponse, web};
use belfry_model::Severity;
use belfry_tenancy::baseline::domains::{self, NewRule, RuleError};
use serde::Deserialize;

use super::{RuleEntity, domain};
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewDomainRule {
    /// `suspend`, `limit` or `none`.
    #[schema(value_type = String)]
    severity: Severity,
    #[serde(default)]
    reject_media: bool,
    #[serde(default)]
    public_comment: String,
    #[serde(default)]
    private_comment: String,
    /// For the record.
    reason: Option<String>,
}

/// Makes a rule about a server and all below it, or changes it. Every process follows within moments.
#[utoipa::path(
    put,
    path = "/api/belfry/v1/baseline/domains/{host}",
    tag = "baseline",
    security(("token" = ["govern:write"])),
    params(("host" = String, Path, description = "The domain")),
    request_body = NewDomainRule,
    responses(
        (status = 200, body = RuleEntity),
        (status = 422, body = error::Body, description = "No domain, the platform's own, or too broad"),
    ),
)]
pub async fn handle(
    path: web::Path<String>,
    call: Call<Write, NewDomainRule>,
) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let rule = NewRule {
        severity: body.severity,
        reject_media: body.reject_media,
        public_comment: body.public_comment,
        private_comment: body.private_comment,
        ..NewRule::suspending(domain(&path)?)
    };
    let by = governs.because(body.reason.as_deref());
    domains::set(governs.tenancy(), governs.admin(), &rule, &by).await.map_err(|error| match error {
        RuleError::Internal(error) => ApiError::internal(&error),
        RuleError::Ours(_)
        | RuleError::TooBroad(_)
        | RuleError::Port(_)
        | RuleError::TooLong
        | RuleError::Nothing => ApiError::Unprocessable(error.to_string()),
    })?;
    let kept = governs.admin().domain_rule_fetch(rule.domain.as_str()).await;
    let kept = kept.map_err(|error| ApiError::internal(&error))?.ok_or(ApiError::NotFound)?;
    Ok(HttpResponse::Ok().json(RuleEntity::from(kept)))
}
