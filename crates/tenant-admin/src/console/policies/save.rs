//! `POST /console/policies/{policy}`: keeps the draft, and goes on to look at it.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, PolicyProblem};
use belfry_model::PolicyKind;
use belfry_tenancy::policies;

use super::base;
use super::show::show;
use crate::lead::LeadForm;
use crate::policy_form::{Typed, form_of};

pub(crate) async fn post(policy: web::Path<String>, sent: LeadForm<Typed>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Ok(policy) = policy.parse::<PolicyKind>() else { return lead.error(ErrorKind::NotFound) };
    let text = form.text();
    match policies::save_baseline(lead.tenancy(), lead.admin(), policy, &text).await {
        Ok(()) => lead.redirect(&format!("{}/preview", base(policy))),
        Err(error) => match PolicyProblem::of(&error) {
            Some(problem) => show(&lead, policy, Some(problem), Some(form_of(text))).await,
            None => lead.broken(&error),
        },
    }
}
