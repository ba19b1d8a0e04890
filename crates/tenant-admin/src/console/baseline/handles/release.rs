//! `POST /console/baseline/handles/release`

use actix_web::HttpResponse;
use belfry_tenancy::baseline::handles;
use serde::Deserialize;

use crate::console::baseline::settings::PATH;
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct Form {
    pattern: String,
}

/// What is released already is as good.
pub(crate) async fn post(sent: LeadForm<Form>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    match handles::release(lead.tenancy(), lead.admin(), &form.pattern, &lead.by).await {
        Ok(_) => lead.redirect(PATH),
        Err(error) => lead.broken(&error),
    }
}
