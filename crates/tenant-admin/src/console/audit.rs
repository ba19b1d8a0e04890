//! `GET /console/audit` and `/console/audit.csv`: acts of governance, searched.

pub(super) mod check;

use actix_web::{HttpResponse, web};
use belfry_edge::view::{AuditView, Room};
use belfry_model::{Slug, TenantId};
use belfry_storage::Act;

use crate::acts::{self, PER_FILE, PER_PAGE, Query};
use crate::lead::Lead;

pub(super) async fn get(lead: Lead, query: web::Query<Query>) -> HttpResponse {
    match search(&lead, &query, PER_PAGE + 1).await {
        Ok(found) => lead.respond(&AuditView {
            room: Room::Audit,
            found: query.found("/console/audit", found, lead.platform.directory()),
        }),
        Err(error) => lead.broken(&error),
    }
}

pub(super) async fn csv(lead: Lead, query: web::Query<Query>) -> HttpResponse {
    match search(&lead, &query, PER_FILE).await {
        Ok(found) => acts::csv(found, lead.platform.directory(), lead.tenancy().clock.now())
            .unwrap_or_else(|error| lead.broken(&error)),
        Err(error) => lead.broken(&error),
    }
}

async fn search(lead: &Lead, query: &Query, limit: u32) -> belfry_storage::Result<Vec<Act>> {
    let mut filter = query.filter();
    let slug = query.agency.trim();
    if !slug.is_empty() {
        let known = slug.parse::<Slug>().ok().and_then(|slug| lead.platform.directory().by_slug(&slug));
        // Nobody's acts, rather than everybody's.
        filter.tenant = Some(known.map_or(TenantId(-1), |tenant| tenant.id));
    }
    lead.admin().audit_search(&filter, limit).await
}
