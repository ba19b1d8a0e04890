//! `GET /api/belfry/v1/baseline/domains`

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::RuleEntity;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error};

const LIMIT: u64 = 200;

#[derive(Debug, Deserialize)]
pub struct Query {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DomainRules {
    rules: Vec<RuleEntity>,
    /// How many match, on all pages.
    total: u64,
}

/// The rules about servers, by domain: those that match, two hundred at a time.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/baseline/domains",
    tag = "baseline",
    security(("token" = ["govern:read"])),
    params(
        ("q" = Option<String>, Query, description = "Part of a domain"),
        ("page" = Option<u64>, Query, description = "From 1"),
    ),
    responses((status = 200, body = DomainRules), (status = 401, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>, query: web::Query<Query>) -> Result<HttpResponse, ApiError> {
    let offset = LIMIT.saturating_mul(query.page.max(1) - 1);
    let found = governs.admin().domain_rule_search(&query.q, offset, LIMIT).await;
    let found = found.map_err(|error| ApiError::internal(&error))?;
    let rules = found.rules.into_iter().map(RuleEntity::from).collect();
    Ok(HttpResponse::Ok().json(DomainRules { rules, total: found.total }))
}
