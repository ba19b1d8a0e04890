//! `GET /console/agencies/{slug}/agreement`: what an agency was admitted by. Printed, it is the
//! agreement alone.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{AgreementView, ErrorKind, Room, Tab};
use belfry_tenancy::admission;

use super::tenant;
use crate::console::agencies::row;
use crate::console::requests::show::{agreement, proof};
use crate::lead::Lead;

pub(crate) async fn get(lead: Lead, slug: web::Path<String>) -> HttpResponse {
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    let today = lead.tenancy().clock.now().date_naive();
    match admission::of_tenant(lead.tenancy(), lead.admin(), &tenant).await {
        Ok(case) => lead.respond(&AgreementView {
            room: Room::Agencies,
            tab: Tab::Agreement,
            tenant: row(lead.platform.names(), &tenant),
            number: case.as_ref().map(|case| case.request.number.clone()),
            agreement: case.as_ref().and_then(|case| agreement(case, today)),
            proof: case.as_ref().map(proof),
        }),
        Err(error) => lead.broken(&error),
    }
}
