//! `POST /console/requests/{number}/approve`: decides for the request by agreement, and makes the
//! namespace at once. What was typed comes back with a problem.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, TypedDecision};
use belfry_tenancy::admission::{self, Approval};
use serde::Deserialize;

use super::{Typed, again, answer, case};
use crate::lead::LeadForm;
use crate::quota_form::TypedQuota;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    phase: String,
    owner_email: String,
    agreement: String,
    signatory: String,
    signed_on: String,
    review_on: String,
    #[serde(flatten)]
    quota: TypedQuota,
}

pub(crate) async fn post(number: web::Path<String>, sent: LeadForm<Form>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let case = match case(&lead, &number).await {
        Ok(Some(case)) => case,
        Ok(None) => return lead.error(ErrorKind::NotFound),
        Err(error) => return lead.broken(&error),
    };
    let approval = match parse(&form) {
        Ok(approval) => approval,
        Err(problem) => return again(&lead, &case, typed(form), problem).await,
    };
    let settings = &lead.platform.settings.admission;
    let done = admission::approve(lead.tenancy(), lead.admin(), settings, &case, &approval, &lead.by).await;
    answer(&lead, &case, done.map(|_| ()), typed(form), "agreement").await
}

/// The key of the problem where a field is not what it should be.
fn parse(form: &Form) -> Result<Approval, &'static str> {
    Ok(Approval {
        phase: form.phase.parse().map_err(|_| "phase")?,
        owner_email: form.owner_email.parse().map_err(|_| "email")?,
        quota: form.quota.chosen().map_err(|_| "quota")?,
        text: form.agreement.clone(),
        signatory: form.signatory.clone(),
        signed_on: form.signed_on.trim().parse().map_err(|_| "date")?,
        review_on: form.review_on.trim().parse().map_err(|_| "date")?,
    })
}

fn typed(form: Form) -> Typed {
    let Form { phase, owner_email, agreement, signatory, signed_on, review_on, quota } = form;
    let decision = TypedDecision {
        phase,
        owner_email,
        agreement,
        signatory,
        signed_on,
        review_on,
        ..TypedDecision::default()
    };
    Typed { decision, quota: Some(quota) }
}
