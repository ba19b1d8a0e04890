//! `POST /console/requests/{number}/refuse`: refuses, with a reason.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, TypedDecision};
use belfry_tenancy::admission;
use serde::Deserialize;

use super::{answer, case};
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct Form {
    #[serde(default)]
    reason: String,
}

pub(crate) async fn post(number: web::Path<String>, sent: LeadForm<Form>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let case = match case(&lead, &number).await {
        Ok(Some(case)) => case,
        Ok(None) => return lead.error(ErrorKind::NotFound),
        Err(error) => return lead.broken(&error),
    };
    let settings = &lead.platform.settings.admission;
    let done = admission::refuse(lead.tenancy(), lead.admin(), settings, &case, &form.reason, &lead.by).await;
    let typed = TypedDecision { reason: form.reason, ..TypedDecision::default() };
    answer(&lead, &case, done, typed.into(), "reason").await
}
