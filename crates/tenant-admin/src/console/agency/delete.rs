//! `POST /console/agencies/{slug}/delete` and `…/keep`: the days of grace begin, or end well.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, LifecycleTyped};
use belfry_tenancy::lifecycle::{self as use_case, Grace};
use serde::Deserialize;

use super::{lifecycle, tenant};
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct DeleteForm {
    #[serde(default)]
    reason: String,
}

pub(crate) async fn post(slug: web::Path<String>, sent: LeadForm<DeleteForm>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    let by = lead.by.clone().because(&form.reason);
    let grace = Grace::days(lead.platform.settings.platform.deletion_grace_days);
    match use_case::delete(lead.tenancy(), lead.admin(), &tenant, grace, &by).await {
        Ok(_) => lead.redirect(&lifecycle::path(&tenant)),
        Err(error) => {
            let typed = LifecycleTyped { reason: form.reason, ..LifecycleTyped::default() };
            lifecycle::again(&lead, &tenant, error, typed).await
        }
    }
}

pub(crate) async fn keep(slug: web::Path<String>, sent: LeadForm<DeleteForm>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    let by = lead.by.clone().because(&form.reason);
    match use_case::keep(lead.tenancy(), lead.admin(), &tenant, &by).await {
        Ok(_) => lead.redirect(&lifecycle::path(&tenant)),
        Err(error) => lifecycle::again(&lead, &tenant, error, LifecycleTyped::default()).await,
    }
}
