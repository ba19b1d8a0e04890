//! `GET /api/belfry/v1/overview`

use actix_web::HttpResponse;
use belfry_model::{Phase, TenantState};
use belfry_tenancy::overview;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::ApiError;
use super::auth::{Governs, Read};

/// Live namespaces by phase, and those that are suspended.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TenantNumbers {
    pilot: usize,
    invited: usize,
    public: usize,
    suspended: usize,
}

/// Something that waits: how much, and since when the oldest of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Waiting {
    count: i64,
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<DateTime<Utc>>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OverviewReport {
    tenants: TenantNumbers,
    /// Activities that are not fanned out to the end.
    queue: Waiting,
    /// Deliveries that wait for a time or for a server.
    deliveries_waiting: Waiting,
    /// Other servers that are away.
    hosts_down: i64,
    /// Those away for so long that nothing is kept for them.
    hosts_gone: i64,
    /// Of today (UTC), over all tenants.
    posts_today: u64,
    deliveries_today: u64,
}

/// How the platform stands.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/overview",
    tag = "overview",
    security(("token" = ["govern:read"])),
    responses((status = 200, body = OverviewReport)),
)]
pub async fn handle(governs: Governs<Read>) -> Result<HttpResponse, ApiError> {
    let tenancy = governs.tenancy();
    let found = overview::overview(governs.admin(), tenancy.clock.now()).await;
    let found = found.map_err(|error| ApiError::internal(&error))?;
    let tenants = tenancy.directory.list();
    let live = |phase| tenants.iter().filter(|tenant| tenant.is_live() && tenant.phase == phase).count();
    let (standing, today) = (&found.standing, found.today());
    Ok(HttpResponse::Ok().json(OverviewReport {
        tenants: TenantNumbers {
            pilot: live(Phase::Pilot),
            invited: live(Phase::Invited),
            public: live(Phase::Public),
            suspended: tenants.iter().filter(|tenant| tenant.state == TenantState::Suspended).count(),
        },
        queue: Waiting { count: standing.open, since: standing.open_since },
        deliveries_waiting: Waiting { count: standing.waiting, since: standing.waiting_since },
        hosts_down: standing.hosts_down,
        hosts_gone: standing.hosts_gone,
        posts_today: today.posts,
        deliveries_today: today.deliveries,
    }))
}
