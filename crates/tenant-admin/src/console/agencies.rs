//! `GET /console/agencies`: the namespaces, found by words, phase and state, a page at a time.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{AgenciesView, Room, TenantRow};
use belfry_model::{PlatformNames, Tenant};
use belfry_tenancy::directory::Search;
use serde::Deserialize;

use crate::lead::Lead;

const PER_PAGE: usize = 50;
/// Longer is nobody's name.
const LONGEST_SEARCH: usize = 100;

/// A form sends what was not chosen as empty text, and what nobody could have chosen is as good.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Query {
    #[serde(default)]
    q: String,
    #[serde(default)]
    phase: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: String,
}

pub(super) async fn get(lead: Lead, query: web::Query<Query>) -> HttpResponse {
    let directory = lead.platform.directory();
    let search = Search {
        text: query.q.trim().chars().take(LONGEST_SEARCH).collect(),
        phase: query.phase.parse().ok(),
        state: query.state.parse().ok(),
    };
    let page = query.page.parse().unwrap_or(1).max(1);
    let found = directory.search(&search, page, PER_PAGE);
    let names = lead.platform.names();
    let link = |page: usize| href(&search, page);
    lead.respond(&AgenciesView {
        room: Room::Agencies,
        tenants: found.page.iter().map(|tenant| row(names, tenant)).collect(),
        total: found.total,
        newer: (page > 1).then(|| link(page - 1)),
        older: (page * PER_PAGE < found.total).then(|| link(page + 1)),
        is_empty: directory.list().is_empty(),
        query: search.text.clone(),
        phase: search.phase,
        state: search.state,
    })
}

fn href(search: &Search, page: usize) -> String {
    let page = page.to_string();
    let fields = [
        ("q", search.text.as_str()),
        ("phase", search.phase.map_or("", |phase| phase.as_str())),
        ("state", search.state.map_or("", |state| state.as_str())),
        ("page", &page),
    ];
    let set: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    format!("/console/agencies?{}", serde_urlencoded::to_string(set).unwrap_or_default())
}

pub(super) fn row(names: &PlatformNames, tenant: &Tenant) -> TenantRow {
    TenantRow {
        slug: tenant.slug.to_string(),
        name: tenant.name.clone(),
        host: tenant.host.to_string(),
        href: names.origin(tenant).at("/"),
        state: tenant.state,
        phase: tenant.phase,
        is_lead: tenant.is_lead,
    }
}
