//! `POST /console/baseline/imports/{id}/discard`

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_tenancy::baseline::import;
use serde::de::IgnoredAny;

use crate::console::baseline::PATH;
use crate::lead::LeadForm;

pub(crate) async fn post(id: web::Path<String>, sent: LeadForm<IgnoredAny>) -> HttpResponse {
    let lead = sent.lead;
    let Ok(id) = id.parse() else { return lead.error(ErrorKind::NotFound) };
    match import::discard(lead.tenancy(), lead.admin(), id, &lead.by).await {
        Ok(true) => lead.redirect(PATH),
        Ok(false) => lead.error(ErrorKind::NotFound),
        Err(error) => lead.broken(&error),
    }
}
