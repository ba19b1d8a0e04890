//! `GET /console`: how the platform stands.

use actix_web::HttpResponse;
use belfry_edge::view::{ConsoleView, PhaseCount, Room};
use belfry_model::{Phase, TenantState};

use crate::lead::Lead;

pub(super) async fn get(lead: Lead) -> HttpResponse {
    let names = lead.platform.names();
    let tenants = lead.platform.directory().list();
    let live = |phase| tenants.iter().filter(|tenant| tenant.is_live() && tenant.phase == phase).count();
    lead.respond(&ConsoleView {
        room: Room::Overview,
        shared_domain: names.shared_domain.to_string(),
        agencies: tenants.len(),
        phases: Phase::ALL.iter().map(|&phase| PhaseCount { phase, agencies: live(phase) }).collect(),
        suspended: tenants.iter().filter(|tenant| tenant.state == TenantState::Suspended).count(),
    })
}
