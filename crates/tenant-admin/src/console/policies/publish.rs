//! `POST /console/policies/{policy}/publish`: the draft that was looked at becomes the next version.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, PolicyProblem};
use belfry_model::PolicyKind;
use belfry_tenancy::policies;

use super::base;
use super::preview::show;
use crate::lead::LeadForm;
use crate::policy_form::Publishing;

pub(crate) async fn post(policy: web::Path<String>, sent: LeadForm<Publishing>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Ok(policy) = policy.parse::<PolicyKind>() else { return lead.error(ErrorKind::NotFound) };
    let draft = match lead.admin().policy_draft_fetch(policy).await {
        Ok(Some(draft)) => draft,
        Ok(None) => return lead.redirect(&base(policy)),
        Err(error) => return lead.broken(&error),
    };
    let publication = match form.publication(policy, draft.text) {
        Ok(publication) => publication,
        Err(problem) => return show(&lead, policy, Some(problem), form).await,
    };
    let by = lead.by.clone().because(&form.reason);
    match policies::publish_baseline(lead.tenancy(), lead.admin(), &publication, &by).await {
        Ok(_) => lead.redirect(&base(policy)),
        Err(error) => match PolicyProblem::of(&error) {
            Some(problem) => show(&lead, policy, Some(problem), form).await,
            None => lead.broken(&error),
        },
    }
}
