//! `POST /console/agencies/{slug}/peers`

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, ReachProblem};
use belfry_model::Host;
use belfry_tenancy::operate::{self, PeerError};
use serde::Deserialize;

use crate::console::agency::reach::{self, Typed};
use crate::console::agency::tenant;
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct PeerForm {
    host: String,
    #[serde(default)]
    reason: String,
}

pub(crate) async fn post(slug: web::Path<String>, sent: LeadForm<PeerForm>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    let by = lead.by.clone().because(&form.reason);
    let problem = match form.host.trim().parse::<Host>() {
        Err(_) => ReachProblem::Host,
        Ok(host) => match operate::peer_add(lead.tenancy(), lead.admin(), &tenant, &host, &by).await {
            Ok(_) => return lead.redirect(&reach::path(&tenant)),
            Err(PeerError::Itself(_)) => ReachProblem::Itself,
            Err(PeerError::TooMany) => ReachProblem::TooMany,
            Err(PeerError::Internal(error)) => return lead.broken(&error),
        },
    };
    let typed = Typed { host: form.host, reason: form.reason, ..Typed::default() };
    reach::show(&lead, &tenant, Some(problem), typed).await
}
