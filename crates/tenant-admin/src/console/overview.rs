//! `GET /console`: how the platform stands.

use actix_web::HttpResponse;
use belfry_edge::view::{ConsoleView, DueRow, PhaseCount, Plot, Room, StandingTiles};
use belfry_model::{Measure, Phase, RequestState, TenantState};
use belfry_tenancy::admission::{self, Due};
use belfry_tenancy::overview::{self, Overview};

use super::hosts::row;
use crate::lead::Lead;

pub(super) async fn get(lead: Lead) -> HttpResponse {
    match view(&lead).await {
        Ok(view) => lead.respond(&view),
        Err(error) => lead.broken(&error),
    }
}

async fn view(lead: &Lead) -> belfry_tenancy::Result<ConsoleView> {
    let overview = overview::overview(lead.admin(), lead.tenancy().clock.now()).await?;
    let counts = admission::counts(lead.admin()).await?;
    let due = admission::due(lead.tenancy(), lead.admin()).await?;
    let requests = counts.iter().find(|(state, _)| *state == RequestState::Waiting);
    let tenants = lead.platform.directory().list();
    let live = |phase| tenants.iter().filter(|tenant| tenant.is_live() && tenant.phase == phase).count();
    Ok(ConsoleView {
        room: Room::Overview,
        shared_domain: lead.platform.names().shared_domain.to_string(),
        agencies: tenants.len(),
        phases: Phase::ALL.iter().map(|&phase| PhaseCount { phase, agencies: live(phase) }).collect(),
        suspended: tenants.iter().filter(|tenant| tenant.state == TenantState::Suspended).count(),
        requests: requests.map_or(0, |(_, count)| *count),
        due: due.into_iter().map(|Due { slug, name, is_review }| DueRow { slug, name, is_review }).collect(),
        is_new: tenants.iter().all(|tenant| tenant.is_lead),
        standing: tiles(&overview),
        plots: [Measure::Deliveries, Measure::Posts]
            .map(|measure| Plot::new(measure, &overview.days, None))
            .to_vec(),
    })
}

fn tiles(overview: &Overview) -> StandingTiles {
    let (standing, today) = (&overview.standing, overview.today());
    StandingTiles {
        open: standing.open,
        open_since: standing.open_since,
        waiting: standing.waiting,
        waiting_since: standing.waiting_since,
        hosts_down: standing.hosts_down,
        hosts_gone: standing.hosts_gone,
        worst: overview.worst.clone().map(row),
        posts_today: today.posts,
        deliveries_today: today.deliveries,
    }
}
