//! `GET /console`: how the platform stands.

use actix_web::HttpResponse;
use belfry_edge::view::{ConsoleView, DueRow, PhaseCount, Room};
use belfry_model::{Phase, RequestState, TenantState};
use belfry_tenancy::admission::{self, Due};

use crate::lead::Lead;

pub(super) async fn get(lead: Lead) -> HttpResponse {
    let desk = async {
        let counts = admission::counts(lead.admin()).await?;
        let due = admission::due(lead.tenancy(), lead.admin()).await?;
        Ok::<_, belfry_tenancy::Error>((counts, due))
    };
    let (counts, due) = match desk.await {
        Ok(desk) => desk,
        Err(error) => return lead.broken(&error),
    };
    let waiting = counts.iter().find(|(state, _)| *state == RequestState::Waiting);
    let names = lead.platform.names();
    let tenants = lead.platform.directory().list();
    let live = |phase| tenants.iter().filter(|tenant| tenant.is_live() && tenant.phase == phase).count();
    lead.respond(&ConsoleView {
        room: Room::Overview,
        shared_domain: names.shared_domain.to_string(),
        agencies: tenants.len(),
        phases: Phase::ALL.iter().map(|&phase| PhaseCount { phase, agencies: live(phase) }).collect(),
        suspended: tenants.iter().filter(|tenant| tenant.state == TenantState::Suspended).count(),
        waiting: waiting.map_or(0, |(_, count)| *count),
        due: due.into_iter().map(|Due { slug, name, is_review }| DueRow { slug, name, is_review }).collect(),
    })
}
