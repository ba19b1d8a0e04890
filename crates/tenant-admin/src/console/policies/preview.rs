//! `GET /console/policies/{policy}/preview`: what the draft comes to, as the lead agency's own readers
//! would see it, and what it changes.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::Language;
use belfry_edge::view::{ConsolePolicyPreviewView, ErrorKind, PolicyPreview, PolicyProblem};
use belfry_model::PolicyKind;
use belfry_storage::PolicyText;
use belfry_tenancy::policies::{self, Home};

use super::base;
use crate::lead::Lead;
use crate::policy_form::{Publishing, wording};

pub(crate) async fn get(lead: Lead, policy: web::Path<String>) -> HttpResponse {
    match policy.parse() {
        Ok(policy) => show(&lead, policy, None, Publishing::default()).await,
        Err(_) => lead.error(ErrorKind::NotFound),
    }
}

/// Also with what was typed and can't be taken. Without a draft there is nothing to look at.
pub(super) async fn show(
    lead: &Lead,
    policy: PolicyKind,
    problem: Option<PolicyProblem>,
    typed: Publishing,
) -> HttpResponse {
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match preview(lead, policy, problem, typed).await {
        Ok(Some(preview)) => lead.respond_with(status, &ConsolePolicyPreviewView::new(preview)),
        Ok(None) => lead.redirect(&base(policy)),
        Err(error) => lead.broken(&error),
    }
}

async fn preview(
    lead: &Lead,
    policy: PolicyKind,
    problem: Option<PolicyProblem>,
    typed: Publishing,
) -> belfry_tenancy::Result<Option<PolicyPreview>> {
    let Some(draft) = lead.admin().policy_draft_fetch(policy).await? else { return Ok(None) };
    let heads = lead.admin().policy_baseline_heads(Some(policy)).await?;
    let old = match heads.last() {
        Some(head) => lead.admin().policy_baseline_fetch(policy, head.version).await?,
        None => None,
    };
    let demands = draft.text.demands;
    let wordings = wordings(lead, policy, old.as_ref(), &draft.text).await?;
    Ok(Some(PolicyPreview {
        title: policies::title(policy, lead.page.language.code())?,
        base: base(policy),
        version: None,
        draft: draft.id.to_string(),
        wordings,
        // What stands for them is each agency's to say.
        missing: Vec::new(),
        demands,
        problem,
        reason: typed.reason,
        effective_on: typed.effective_on,
    }))
}

/// Both languages, filled in as the lead agency's own.
pub(super) async fn wordings(
    lead: &Lead,
    policy: PolicyKind,
    old: Option<&PolicyText>,
    new: &PolicyText,
) -> belfry_tenancy::Result<Vec<belfry_edge::view::PolicyWording>> {
    let home = home(lead).await?;
    let wording = |&language: &Language| {
        let new = policies::compose(policy, Some(new), None, &home, language.code())?;
        let old = policies::compose(policy, old, None, &home, language.code())?;
        Ok(wording(language, new.html, policies::compare(&old.source, &new.source)))
    };
    Language::ALL.iter().map(wording).collect()
}

async fn home(lead: &Lead) -> belfry_tenancy::Result<Home> {
    match lead.tenancy().directory.lead() {
        Some(tenant) => policies::home(lead.tenancy(), &tenant).await,
        None => Ok(Home { agency: String::new(), contact: String::new(), channel: String::new() }),
    }
}
