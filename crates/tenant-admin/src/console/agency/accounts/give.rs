//! `POST /console/agencies/{slug}/accounts/give`

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, HandleProblem};
use belfry_model::Username;
use belfry_tenancy::official::{self, OfficialError};
use serde::Deserialize;

use super::{Typed, show};
use crate::console::agency::{path, tenant};
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct GiveForm {
    account: String,
    #[serde(default)]
    handle: String,
    #[serde(default)]
    reason: String,
}

pub(crate) async fn post(slug: web::Path<String>, sent: LeadForm<GiveForm>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(tenant) = tenant(&lead, &slug).filter(|tenant| tenant.is_live()) else {
        return lead.error(ErrorKind::NotFound);
    };
    let Ok(account) = form.account.parse::<Username>() else { return lead.error(ErrorKind::NotFound) };
    let again =
        |problem| Typed { account: &form.account, handle: &form.handle, reason: &form.reason, problem };
    let Ok(handle) = form.handle.trim().trim_start_matches('@').parse::<Username>() else {
        return show(&lead, &tenant, Some(again(HandleProblem::Malformed))).await;
    };
    let by = lead.by.clone().because(&form.reason);
    let problem = match official::give(lead.tenancy(), lead.admin(), &tenant, &account, &handle, &by).await {
        Ok(_) => return lead.redirect(&format!("{}/accounts", path(&tenant))),
        Err(OfficialError::UnknownAccount { .. }) => return lead.error(ErrorKind::NotFound),
        Err(OfficialError::Internal(error)) => return lead.broken(&error),
        Err(OfficialError::Taken(_) | OfficialError::Reserved(_)) => HandleProblem::Taken,
        Err(OfficialError::HasAnother(_)) => HandleProblem::HasAnother,
        Err(OfficialError::Hides(_)) => HandleProblem::Hides,
    };
    show(&lead, &tenant, Some(again(problem))).await
}
