//! `POST /console/baseline/domains/remove`: lifts a rule.

use actix_web::HttpResponse;
use belfry_edge::view::ErrorKind;
use belfry_model::Host;
use belfry_tenancy::baseline::domains;
use serde::Deserialize;

use crate::console::baseline::PATH;
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct Form {
    domain: String,
}

/// What is lifted already is as good.
pub(crate) async fn post(sent: LeadForm<Form>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Ok(domain) = form.domain.parse::<Host>() else { return lead.error(ErrorKind::BadRequest) };
    match domains::remove(lead.tenancy(), lead.admin(), &domain, &lead.by).await {
        Ok(_) => lead.redirect(PATH),
        Err(error) => lead.broken(&error),
    }
}
