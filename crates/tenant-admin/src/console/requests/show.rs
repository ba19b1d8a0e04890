//! `GET /console/requests/{number}`

use actix_web::{HttpResponse, web};
use belfry_edge::view::{AgreementPart, ErrorKind, MessageRow, ProofPart, RequestView, Room};
use belfry_model::Phase;
use belfry_tenancy::Error;
use belfry_tenancy::admission::{Case, agreement_draft};
use chrono::{Months, NaiveDate};

use super::{Typed, case, path, row_of};
use crate::lead::Lead;
use crate::quota_form::TypedQuota;

pub(crate) async fn get(lead: Lead, number: web::Path<String>) -> HttpResponse {
    let case = match case(&lead, &number).await {
        Ok(Some(case)) => case,
        Ok(None) => return lead.error(ErrorKind::NotFound),
        Err(error) => return lead.broken(&error),
    };
    match view(&lead, &case, Typed::default(), None).await {
        Ok(view) => lead.respond(&view),
        Err(error) => lead.broken(&error),
    }
}

/// What was not typed yet is filled with what most will want.
pub(super) async fn view(
    lead: &Lead,
    case: &Case,
    typed: Typed,
    problem: Option<&'static str>,
) -> Result<RequestView, Error> {
    let Typed { decision: mut typed, quota } = typed;
    let request = &case.request;
    let quota = match quota {
        Some(quota) => quota,
        None => TypedQuota::platform(&lead.admin().quota_default().await?),
    };
    let today = lead.tenancy().clock.now().date_naive();
    if typed.phase.is_empty() {
        typed.phase = Phase::Invited.to_string();
    }
    if typed.owner_email.is_empty() {
        typed.owner_email.clone_from(&request.email);
    }
    if typed.agreement.is_empty() && case.state.is_open() {
        typed.agreement = agreement_draft(lead.tenancy(), request)?;
    }
    if typed.signed_on.is_empty() {
        typed.signed_on = today.to_string();
    }
    if typed.review_on.is_empty() {
        typed.review_on = today.checked_add_months(Months::new(12)).unwrap_or(today).to_string();
    }
    let wrong = || Error::Inconsistent(format!("request {}", request.number));
    let message = |message: &belfry_storage::row::RequestMessage| MessageRow {
        at: message.at,
        from_lead: message.from_lead,
        text: message.text.clone(),
    };
    Ok(RequestView {
        room: Room::Requests,
        request: row_of(request).ok_or_else(wrong)?,
        address: format!("{}.{}", request.slug, lead.platform.names().shared_domain),
        name: request.name.clone(),
        email: request.email.clone(),
        purpose: request.purpose.clone(),
        contact: request.contact.clone(),
        reason: request.reason.clone(),
        proof: proof(case),
        messages: case.messages.iter().map(message).collect(),
        agreement: agreement(case, today),
        typed,
        phases: Phase::ALL,
        quota: quota.view(path(case), Some(quota.is_own())),
        text_length: lead.platform.settings.admission.text_length,
        problem,
    })
}

pub(in crate::console) fn proof(case: &Case) -> ProofPart {
    ProofPart {
        domain: case.request.domain.clone(),
        token: case.request.token.clone(),
        state: case.proof,
        looking: case.looking,
        checked_at: case.request.checked_at,
        problem: case.request.problem.clone(),
    }
}

pub(in crate::console) fn agreement(case: &Case, today: NaiveDate) -> Option<AgreementPart> {
    case.agreement.as_ref().map(|agreement| AgreementPart {
        text: agreement.text.clone(),
        signatory: agreement.signatory.clone(),
        signed_on: agreement.signed_on,
        review_on: agreement.review_on,
        due: agreement.review_on <= today,
    })
}
