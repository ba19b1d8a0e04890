//! `GET /api/belfry/v1/audit`

use actix_web::{HttpResponse, web};
use belfry_storage::AuditFilter;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error, tenant};
use crate::command::audit::ActLine;

/// At most so many at a time.
const LIMIT: u32 = 200;

#[derive(Debug, Deserialize)]
pub struct Query {
    tenant: Option<String>,
    #[serde(default)]
    action: String,
    #[serde(default)]
    text: String,
    since: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    before: Option<i64>,
    #[serde(default = "few")]
    limit: u32,
}

fn few() -> u32 {
    50
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Acts {
    acts: Vec<ActLine>,
}

/// Acts of governance, the newest first: of the lead agency, of the operator, and how agencies
/// govern themselves. Nothing that they say.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/audit",
    tag = "audit",
    security(("token" = ["govern:read"])),
    params(
        ("tenant" = Option<String>, Query, description = "A slug"),
        ("action" = Option<String>, Query, description = "The beginning of the action: `tenant.`"),
        ("text" = Option<String>, Query, description = "Part of who, through what or why"),
        ("since" = Option<String>, Query, description = "RFC 3339"),
        ("until" = Option<String>, Query, description = "RFC 3339, exclusive"),
        ("before" = Option<i64>, Query, description = "The `id` of the last act of the page before"),
        ("limit" = Option<u32>, Query, description = "At most 200; 50 unless said"),
    ),
    responses((status = 200, body = Acts), (status = 404, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>, query: web::Query<Query>) -> Result<HttpResponse, ApiError> {
    let query = query.into_inner();
    let filter = AuditFilter {
        tenant: match &query.tenant {
            Some(slug) => Some(tenant(&governs, slug)?.id),
            None => None,
        },
        action: query.action,
        text: query.text,
        origin: String::new(),
        since: query.since,
        until: query.until,
        before: query.before,
    };
    let found = governs.admin().audit_search(&filter, query.limit.clamp(1, LIMIT)).await;
    let acts = found.map_err(|error| ApiError::internal(&error))?;
    let directory = &governs.tenancy().directory;
    Ok(HttpResponse::Ok()
        .json(Acts { acts: acts.into_iter().map(|act| ActLine::of(act, directory)).collect() }))
}
