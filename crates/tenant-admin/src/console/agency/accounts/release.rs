//! `POST /console/agencies/{slug}/accounts/release`

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_model::Username;
use belfry_tenancy::official::{self, OfficialError};
use serde::Deserialize;

use crate::console::agency::{path, tenant};
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct ReleaseForm {
    account: String,
    #[serde(default)]
    reason: String,
}

pub(crate) async fn post(slug: web::Path<String>, sent: LeadForm<ReleaseForm>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(tenant) = tenant(&lead, &slug).filter(|tenant| tenant.is_live()) else {
        return lead.error(ErrorKind::NotFound);
    };
    let Ok(account) = form.account.parse::<Username>() else { return lead.error(ErrorKind::NotFound) };
    let by = lead.by.clone().because(&form.reason);
    match official::release(lead.tenancy(), lead.admin(), &tenant, &account, &by).await {
        Ok(_) => lead.redirect(&format!("{}/accounts", path(&tenant))),
        Err(OfficialError::Internal(error)) => lead.broken(&error),
        Err(
            OfficialError::UnknownAccount { .. }
            | OfficialError::Taken(_)
            | OfficialError::Reserved(_)
            | OfficialError::HasAnother(_)
            | OfficialError::Hides(_),
        ) => lead.error(ErrorKind::NotFound),
    }
}
