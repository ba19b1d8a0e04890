//! `POST /console/requests/{number}/check`: has the domain looked at.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_tenancy::admission;
use serde::de::IgnoredAny;

use super::{case, path};
use crate::lead::LeadForm;

pub(crate) async fn post(number: web::Path<String>, sent: LeadForm<IgnoredAny>) -> HttpResponse {
    let lead = sent.lead;
    let case = match case(&lead, &number).await {
        Ok(Some(case)) => case,
        Ok(None) => return lead.error(ErrorKind::NotFound),
        Err(error) => return lead.broken(&error),
    };
    match admission::check_again(lead.tenancy(), lead.admin(), &case, &lead.by).await {
        Ok(()) => lead.redirect(&path(&case)),
        Err(error) => lead.broken(&error),
    }
}
