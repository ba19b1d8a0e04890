//! `GET /console/agencies/{slug}`

use actix_web::{HttpResponse, web};
use belfry_edge::view::{AgencyView, ErrorKind, Room, Tab};

use super::tenant;
use crate::console::agencies::row;
use crate::lead::Lead;

pub(crate) async fn get(lead: Lead, slug: web::Path<String>) -> HttpResponse {
    match tenant(&lead, &slug) {
        Some(tenant) => lead.respond(&AgencyView {
            room: Room::Agencies,
            tab: Tab::Overview,
            tenant: row(lead.platform.names(), &tenant),
        }),
        None => lead.error(ErrorKind::NotFound),
    }
}
