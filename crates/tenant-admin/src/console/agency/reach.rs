//! `GET /console/agencies/{slug}/reach`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, ReachProblem, ReachView, Room, Tab};
use belfry_model::Tenant;
use belfry_tenancy::operate::MOST_PEERS;

use super::tenant;
use crate::console::agencies::row;
use crate::lead::Lead;

pub(crate) async fn get(lead: Lead, slug: web::Path<String>) -> HttpResponse {
    match tenant(&lead, &slug) {
        Some(tenant) => show(&lead, &tenant, None, Typed::default()).await,
        None => lead.error(ErrorKind::NotFound),
    }
}

/// What is kept of a form that can't be taken.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub host: String,
    pub date: String,
    pub reason: String,
}

pub(super) async fn show(
    lead: &Lead,
    tenant: &Tenant,
    problem: Option<ReachProblem>,
    typed: Typed,
) -> HttpResponse {
    let peers = match lead.admin().peer_list(tenant.id).await {
        Ok(peers) => peers,
        Err(error) => return lead.broken(&error),
    };
    let view = ReachView {
        room: Room::Agencies,
        tab: Tab::Reach,
        tenant: row(lead.platform.names(), tenant),
        peers,
        most: MOST_PEERS,
        wipe_on: tenant.wipe_on,
        problem,
        typed_host: typed.host,
        typed_date: typed.date,
        typed_reason: typed.reason,
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    lead.respond_with(status, &view)
}

pub(super) fn path(tenant: &Tenant) -> String {
    format!("{}/reach", super::path(tenant))
}
