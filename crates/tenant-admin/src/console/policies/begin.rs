//! `POST /console/policies/{policy}/begin`: a draft out of the template, or of the latest version.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_model::PolicyKind;
use belfry_tenancy::policies::{self, PublishError};

use super::base;
use crate::lead::{Lead, LeadForm};
use crate::policy_form::Begin;

pub(crate) async fn post(policy: web::Path<String>, sent: LeadForm<Begin>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Ok(policy) = policy.parse::<PolicyKind>() else { return lead.error(ErrorKind::NotFound) };
    let done = if form.from == "template" {
        policies::adopt_baseline(lead.tenancy(), lead.admin(), policy).await.map_err(PublishError::from)
    } else {
        current(&lead, policy).await
    };
    match done {
        Ok(()) => lead.redirect(&base(policy)),
        Err(error) => lead.broken(&error),
    }
}

async fn current(lead: &Lead, policy: PolicyKind) -> Result<(), PublishError> {
    let heads = lead.admin().policy_baseline_heads(Some(policy)).await?;
    let text = match heads.last() {
        Some(head) => lead.admin().policy_baseline_fetch(policy, head.version).await?,
        None => None,
    };
    policies::save_baseline(lead.tenancy(), lead.admin(), policy, &text.unwrap_or_default()).await
}
