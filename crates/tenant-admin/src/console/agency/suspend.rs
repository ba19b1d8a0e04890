//! `POST /console/agencies/{slug}/suspend`

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, LifecycleTyped};

use super::{ReasonForm, lifecycle, tenant};
use crate::lead::LeadForm;

pub(crate) async fn post(slug: web::Path<String>, sent: LeadForm<ReasonForm>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    let by = lead.by.clone().because(&form.reason);
    match belfry_tenancy::lifecycle::suspend(lead.tenancy(), lead.admin(), &tenant, &by).await {
        Ok(_) => lead.redirect(&lifecycle::path(&tenant)),
        Err(error) => {
            let typed = LifecycleTyped { reason: form.reason, ..LifecycleTyped::default() };
            lifecycle::again(&lead, &tenant, error, typed).await
        }
    }
}
