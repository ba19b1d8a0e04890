//! `POST /console/agencies/{slug}/phase`

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_model::Phase;
use belfry_tenancy::operate;
use serde::Deserialize;

use super::{path, tenant};
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct PhaseForm {
    phase: Phase,
    #[serde(default)]
    reason: String,
}

pub(crate) async fn post(slug: web::Path<String>, sent: LeadForm<PhaseForm>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    let by = lead.by.clone().because(&form.reason);
    match operate::phase_set(lead.tenancy(), lead.admin(), &tenant, form.phase, &by).await {
        Ok(_) => lead.redirect(&path(&tenant)),
        Err(error) => lead.broken(&error),
    }
}
