//! `GET /api/belfry/v1/requests`

use actix_web::{HttpResponse, web};
use belfry_model::RequestState;
use belfry_tenancy::admission;
use serde::{Deserialize, Serialize};

use super::RequestEntity;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error};

const PER_PAGE: u64 = 100;
/// Far enough back for anybody; a number of somebody's own is no reason to look for long.
const LAST_PAGE: u64 = 1000;

#[derive(Debug, Deserialize)]
pub struct Query {
    state: Option<RequestState>,
    #[serde(default = "first")]
    page: u64,
}

fn first() -> u64 {
    1
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Requests {
    requests: Vec<RequestEntity>,
}

/// What bodies asked for, the newest first, a hundred at a time.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/requests",
    tag = "requests",
    security(("token" = ["govern:read"])),
    params(
        ("state" = Option<String>, Query, description = "`waiting`, `asked`, `refused`, `approving` or `approved`"),
        ("page" = Option<u64>, Query, description = "From 1"),
    ),
    responses((status = 200, body = Requests), (status = 401, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>, query: web::Query<Query>) -> Result<HttpResponse, ApiError> {
    let page = query.page.clamp(1, LAST_PAGE);
    let found = admission::cases(governs.admin(), query.state, page, PER_PAGE).await?;
    Ok(HttpResponse::Ok().json(Requests { requests: found.iter().map(RequestEntity::of).collect() }))
}
