//! `GET /api/belfry/v1/agency/policies/{policy}/versions/{version}`

use actix_web::{HttpResponse, web};
use belfry_model::Edition;
use belfry_tenancy::policies;

use super::policy;
use crate::agency_api::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::ManagesPolicies;
use crate::policy_entity::{AskedLanguage, PolicyWords, pieces};

/// What a version says to this agency's readers, and what it changed.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/agency/policies/{policy}/versions/{version}",
    tag = "policies",
    security(("token" = ["manage:read"])),
    params(
        ("policy" = String, Path, description = "A word such as `rules`"),
        ("version" = String, Path, description = "Such as `3.2`"),
        ("language" = Option<String>, Query, description = "`en` or `nl`"),
    ),
    responses((status = 200, body = PolicyWords), (status = 404, body = ErrorBody)),
)]
pub async fn handle(
    path: web::Path<(String, String)>,
    agent: Agent<ManagesPolicies>,
    query: web::Query<AskedLanguage>,
) -> Result<HttpResponse, ApiError> {
    let policy = policy(&path.0)?;
    let edition: Edition = path.1.parse().map_err(|_| ApiError::NotFound)?;
    let (tenancy, language) = (agent.tenancy(), policies::language(&query.language));
    let found = policies::at(tenancy, &agent.tenant, policy, edition, language).await?;
    let (_, document) = found.ok_or(ApiError::NotFound)?;
    let changes = policies::changes(tenancy, &agent.tenant, policy, edition, None, language).await?;
    let lines = changes.map(|(_, lines)| lines).unwrap_or_default();
    Ok(HttpResponse::Ok().json(PolicyWords {
        version: edition.to_string(),
        language,
        text: document.source,
        changes: lines.into_iter().map(pieces).collect(),
    }))
}
