//! `POST /console/baseline/imports/{id}/apply`

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_tenancy::baseline::import;
use serde::de::IgnoredAny;

use crate::console::baseline::PATH;
use crate::lead::LeadForm;

pub(crate) async fn post(id: web::Path<String>, sent: LeadForm<IgnoredAny>) -> HttpResponse {
    let lead = sent.lead;
    let Ok(id) = id.parse() else { return lead.error(ErrorKind::NotFound) };
    match import::apply(lead.tenancy(), lead.admin(), id, &lead.by).await {
        Ok(Some(_)) => lead.redirect(PATH),
        Ok(None) => lead.error(ErrorKind::NotFound),
        Err(error) => lead.broken(&error),
    }
}
