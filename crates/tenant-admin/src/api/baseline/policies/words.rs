//! `GET /api/belfry/v1/baseline/policies/{policy}/versions/{version}`

use actix_web::{HttpResponse, web};
use belfry_tenancy::policies;

use super::policy;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error};
use crate::policy_entity::{AskedLanguage, PolicyWords, pieces};

/// What a version of the text for all agencies says, and what it changed.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/baseline/policies/{policy}/versions/{version}",
    tag = "baseline",
    security(("token" = ["govern:read"])),
    params(
        ("policy" = String, Path, description = "A word such as `rules`"),
        ("version" = String, Path, description = "A number"),
        ("language" = Option<String>, Query, description = "`en` or `nl`"),
    ),
    responses((status = 200, body = PolicyWords), (status = 404, body = error::Body)),
)]
pub async fn handle(
    path: web::Path<(String, String)>,
    governs: Governs<Read>,
    query: web::Query<AskedLanguage>,
) -> Result<HttpResponse, ApiError> {
    let version: i32 = path.1.parse().map_err(|_| ApiError::NotFound)?;
    let language = policies::language(&query.language);
    let found = policies::baseline_changes(governs.admin(), policy(&path.0)?, version, language).await?;
    let (text, lines) = found.ok_or(ApiError::NotFound)?;
    let changes = lines.into_iter().map(pieces).collect();
    Ok(HttpResponse::Ok().json(PolicyWords { version: version.to_string(), language, text, changes }))
}
