//! `POST /console/agencies/{slug}/transfer-lead` and `…/break-glass`: the first person's word.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, LifecycleProblem, LifecycleTyped};
use belfry_tenancy::EmailAddress;
use belfry_tenancy::confirm::{self, Act, ConfirmError};
use serde::Deserialize;

use super::{lifecycle, tenant};
use crate::lead::{Lead, LeadForm};

#[derive(Debug, Deserialize)]
pub(crate) struct TransferForm {
    #[serde(default)]
    reason: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct GlassForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    reason: String,
}

pub(crate) async fn transfer(slug: web::Path<String>, sent: LeadForm<TransferForm>) -> HttpResponse {
    let typed = LifecycleTyped { reason: sent.form.reason, ..LifecycleTyped::default() };
    propose(&sent.lead, &slug, Some(Act::TransferLead), typed).await
}

pub(crate) async fn break_glass(slug: web::Path<String>, sent: LeadForm<GlassForm>) -> HttpResponse {
    let email = sent.form.email.parse::<EmailAddress>().ok();
    let act = email.map(|email| Act::BreakGlass { email });
    let typed =
        LifecycleTyped { email: sent.form.email, reason: sent.form.reason, ..LifecycleTyped::default() };
    propose(&sent.lead, &slug, act, typed).await
}

/// `None` stands for an address that is none.
async fn propose(lead: &Lead, slug: &str, act: Option<Act>, typed: LifecycleTyped) -> HttpResponse {
    let Some(tenant) = tenant(lead, slug) else { return lead.error(ErrorKind::NotFound) };
    let Some(act) = act else {
        return lifecycle::page_again(lead, &tenant, LifecycleProblem::Email, typed).await;
    };
    let by = lead.by.clone().because(&typed.reason);
    let problem = match confirm::propose(lead.tenancy(), lead.admin(), &tenant, &act, &by).await {
        Ok(_) => return lead.redirect("/console/confirmations"),
        Err(ConfirmError::Refused(error)) => return lifecycle::again(lead, &tenant, error, typed).await,
        Err(ConfirmError::Internal(error)) => return lead.broken(&error),
        Err(ConfirmError::Waits) => LifecycleProblem::Waits,
        Err(ConfirmError::LeadsAlready(_)) => LifecycleProblem::LeadsAlready,
        Err(ConfirmError::Ownerless(_)) => LifecycleProblem::Ownerless,
        Err(ConfirmError::HasOwner(_)) => LifecycleProblem::HasOwner,
        Err(
            ConfirmError::Nobody | ConfirmError::SamePerson | ConfirmError::ProposerGone | ConfirmError::Over,
        ) => LifecycleProblem::State,
    };
    lifecycle::page_again(lead, &tenant, problem, typed).await
}
