//! `POST /console/agencies/{slug}/peers/remove`

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_model::Host;
use belfry_tenancy::operate;
use serde::Deserialize;

use crate::console::agency::{reach, tenant};
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct RemoveForm {
    host: String,
}

/// What does not stand there is as good as removed.
pub(crate) async fn post(slug: web::Path<String>, sent: LeadForm<RemoveForm>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    let Ok(host) = form.host.parse::<Host>() else { return lead.error(ErrorKind::BadRequest) };
    match operate::peer_remove(lead.tenancy(), lead.admin(), &tenant, &host, &lead.by).await {
        Ok(_) => lead.redirect(&reach::path(&tenant)),
        Err(error) => lead.broken(&error),
    }
}
