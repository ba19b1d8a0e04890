//! `GET /console/policies/{policy}`: the draft and the versions of one policy.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::view::{ConsolePolicyView, ErrorKind, PolicyDesk, PolicyForm, PolicyProblem, VersionRow};
use belfry_model::PolicyKind;
use belfry_tenancy::policies;

use super::{base, midnight};
use crate::lead::Lead;
use crate::policy_form::form_of;

pub(crate) async fn get(lead: Lead, policy: web::Path<String>) -> HttpResponse {
    match policy.parse() {
        Ok(policy) => show(&lead, policy, None, None).await,
        Err(_) => lead.error(ErrorKind::NotFound),
    }
}

/// Also with what was typed and can't be taken.
pub(super) async fn show(
    lead: &Lead,
    policy: PolicyKind,
    problem: Option<PolicyProblem>,
    typed: Option<PolicyForm>,
) -> HttpResponse {
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match desk(lead, policy, problem, typed).await {
        Ok(desk) => lead.respond_with(status, &ConsolePolicyView::new(desk)),
        Err(error) => lead.broken(&error),
    }
}

async fn desk(
    lead: &Lead,
    policy: PolicyKind,
    problem: Option<PolicyProblem>,
    typed: Option<PolicyForm>,
) -> belfry_tenancy::Result<PolicyDesk> {
    let draft = lead.admin().policy_draft_fetch(policy).await?;
    let heads = lead.admin().policy_baseline_heads(Some(policy)).await?;
    let today = lead.tenancy().clock.now().date_naive();
    let holds = heads.iter().rfind(|head| head.effective_on <= today).map(|head| head.version);
    let versions = heads.into_iter().rev().map(|head| VersionRow {
        edition: head.version.to_string(),
        href: format!("{}/versions/{}", base(policy), head.version),
        changes: format!("{}/versions/{}", base(policy), head.version),
        since: head.published_at.max(midnight(head.effective_on)),
        reason: head.reason,
        by: head.published_by,
        own: false,
        holds: holds == Some(head.version),
        coming: head.effective_on > today,
    });
    Ok(PolicyDesk {
        title: policies::title(policy, lead.page.language.code())?,
        base: base(policy),
        own: false,
        baseline_html: None,
        has_draft: draft.is_some() || typed.is_some(),
        form: typed.or(draft.map(|draft| form_of(draft.text))).unwrap_or_default(),
        defaults: PolicyForm::default(),
        laws: Vec::new(),
        problem,
        versions: versions.collect(),
    })
}
