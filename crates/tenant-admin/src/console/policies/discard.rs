//! `POST /console/policies/{policy}/discard`: throws the draft away. What is gone already is as good.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_model::PolicyKind;
use serde::de::IgnoredAny;

use super::base;
use crate::lead::LeadForm;

pub(crate) async fn post(policy: web::Path<String>, sent: LeadForm<IgnoredAny>) -> HttpResponse {
    let lead = sent.lead;
    let Ok(policy) = policy.parse::<PolicyKind>() else { return lead.error(ErrorKind::NotFound) };
    match lead.admin().policy_draft_delete(policy).await {
        Ok(()) => lead.redirect(&base(policy)),
        Err(error) => lead.broken(&error),
    }
}
