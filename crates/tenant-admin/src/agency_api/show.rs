//! `GET /api/belfry/v1/agency`

use actix_web::HttpResponse;
use belfry_model::Permission;
use serde::Serialize;

use super::Agent;
use crate::api::{ApiError, ErrorBody};
use crate::member::Anybody;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Agency {
    #[schema(example = "moe")]
    slug: String,
    #[schema(example = "moe.social.example")]
    host: String,
    #[schema(example = "Ministry of Education")]
    name: String,
    /// `pilot`, `invited` or `public`.
    phase: &'static str,
    /// What this token may do: words such as `staff.manage`.
    permissions: Vec<&'static str>,
}

/// The agency, and what this token may do there.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/agency",
    tag = "agency",
    security(("token" = ["manage:read"])),
    responses((status = 200, body = Agency), (status = 401, body = ErrorBody)),
)]
pub async fn handle(agent: Agent<Anybody>) -> Result<HttpResponse, ApiError> {
    let tenant = &agent.tenant;
    Ok(HttpResponse::Ok().json(Agency {
        slug: tenant.slug.to_string(),
        host: tenant.host.to_string(),
        name: tenant.name.clone(),
        phase: tenant.phase.as_str(),
        permissions: agent.permissions.iter().map(Permission::as_str).collect(),
    }))
}
