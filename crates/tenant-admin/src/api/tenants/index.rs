//! `GET /api/belfry/v1/tenants`

use actix_web::{HttpResponse, web};
use belfry_model::{Phase, TenantState};
use belfry_tenancy::directory::Search;
use serde::{Deserialize, Serialize};

use super::TenantEntity;
use crate::api::auth::{Governs, Read};

/// At most so many at a time.
const LIMIT: usize = 100;

#[derive(Debug, Deserialize)]
pub struct Query {
    #[serde(default)]
    q: String,
    phase: Option<Phase>,
    state: Option<TenantState>,
    #[serde(default = "first")]
    page: usize,
}

fn first() -> usize {
    1
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Tenants {
    tenants: Vec<TenantEntity>,
    /// How many match, on all pages.
    total: usize,
}

/// The namespaces, by slug: those that match, a hundred at a time.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/tenants",
    tag = "tenants",
    security(("token" = ["govern:read"])),
    params(
        ("q" = Option<String>, Query, description = "Part of a slug, name or host"),
        ("phase" = Option<String>, Query, description = "`pilot`, `invited` or `public`"),
        ("state" = Option<String>, Query, description = "`provisioning`, `live`, `suspended`"),
        ("page" = Option<usize>, Query, description = "From 1"),
    ),
    responses((status = 200, body = Tenants), (status = 401, body = crate::api::error::Body)),
)]
pub async fn handle(governs: Governs<Read>, query: web::Query<Query>) -> HttpResponse {
    let tenancy = governs.tenancy();
    let search = Search { text: query.q.clone(), phase: query.phase, state: query.state };
    let found = tenancy.directory.search(&search, query.page, LIMIT);
    let tenants = found.page.iter().map(|tenant| TenantEntity::of(tenant, &tenancy.names)).collect();
    HttpResponse::Ok().json(Tenants { tenants, total: found.total })
}
