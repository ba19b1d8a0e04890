//! `POST /console/agencies/{slug}/name`

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, LifecycleTyped};
use belfry_social::account::{RenameError, agency_rename};
use serde::Deserialize;

use super::{lifecycle, tenant};
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct NameForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    reason: String,
}

pub(crate) async fn post(slug: web::Path<String>, sent: LeadForm<NameForm>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    let by = lead.by.clone().because(&form.reason);
    match agency_rename(lead.tenancy(), lead.admin(), &tenant, &form.name, &by).await {
        Ok(_) => lead.redirect(&lifecycle::path(&tenant)),
        Err(RenameError::Internal(error)) => lead.broken(&error),
        Err(RenameError::Refused(error)) => {
            let typed = LifecycleTyped { name: form.name, reason: form.reason, ..LifecycleTyped::default() };
            lifecycle::again(&lead, &tenant, error, typed).await
        }
    }
}
