//! `GET /console/agencies/{slug}/lifecycle`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::view::{Closure, ErrorKind, LifecycleProblem, LifecycleTyped, LifecycleView, Room, Tab};
use belfry_model::Tenant;
use belfry_tenancy::lifecycle::LifecycleError;

use super::tenant;
use crate::console::agencies::row;
use crate::lead::Lead;

pub(crate) async fn get(lead: Lead, slug: web::Path<String>) -> HttpResponse {
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    match view(&lead, &tenant).await {
        Ok(view) => lead.respond(&view),
        Err(error) => lead.broken(&error),
    }
}

async fn view(lead: &Lead, tenant: &Tenant) -> belfry_storage::Result<LifecycleView> {
    let closure = lead.platform.app().suspension_fetch(tenant.id).await?;
    Ok(LifecycleView {
        room: Room::Agencies,
        tab: Tab::Lifecycle,
        tenant: row(lead.platform.names(), tenant),
        closure: closure.map(|closed| Closure { since: closed.since, reason: closed.reason }),
        delete_at: lead.platform.app().deletion_fetch(tenant.id).await?,
        problem: None,
        typed: LifecycleTyped { name: tenant.name.clone(), ..LifecycleTyped::default() },
    })
}

/// The page once more, with what was wrong and what was typed.
pub(super) async fn again(
    lead: &Lead,
    tenant: &Tenant,
    error: LifecycleError,
    typed: LifecycleTyped,
) -> HttpResponse {
    let problem = match error {
        LifecycleError::Reasonless => LifecycleProblem::Reasonless,
        LifecycleError::ReasonTooLong => LifecycleProblem::ReasonTooLong,
        LifecycleError::Lead(_) => LifecycleProblem::Lead,
        LifecycleError::Leaving(_) => LifecycleProblem::Leaving,
        LifecycleError::State(..) => LifecycleProblem::State,
        LifecycleError::Nameless => LifecycleProblem::Nameless,
        LifecycleError::NameTooLong => LifecycleProblem::NameTooLong,
        LifecycleError::Internal(error) => return lead.broken(&error),
    };
    page_again(lead, tenant, problem, typed).await
}

pub(super) async fn page_again(
    lead: &Lead,
    tenant: &Tenant,
    problem: LifecycleProblem,
    typed: LifecycleTyped,
) -> HttpResponse {
    let typed =
        if typed.name.is_empty() { LifecycleTyped { name: tenant.name.clone(), ..typed } } else { typed };
    match view(lead, tenant).await {
        Ok(view) => {
            let view = LifecycleView { problem: Some(problem), typed, ..view };
            lead.respond_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => lead.broken(&error),
    }
}

/// Where the page is.
pub(super) fn path(tenant: &Tenant) -> String {
    format!("{}/lifecycle", super::path(tenant))
}
