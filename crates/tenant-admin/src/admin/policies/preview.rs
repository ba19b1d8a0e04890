//! `GET /admin/policies/{policy}/preview`: what readers would see, and what changes.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::Language;
use belfry_edge::view::{AdminPolicyPreviewView, ErrorKind, PolicyPreview, PolicyProblem};
use belfry_model::PolicyKind;
use belfry_tenancy::policies::{self, Variable};

use super::base;
use crate::member::{ManagesPolicies, Member};
use crate::policy_form::{Publishing, wording};

pub(crate) async fn get(member: Member<ManagesPolicies>, policy: web::Path<String>) -> HttpResponse {
    match policy.parse() {
        Ok(policy) => show(&member, policy, None, Publishing::default()).await,
        Err(_) => member.error(ErrorKind::NotFound),
    }
}

/// Also with what was typed and can't be taken. Without a draft there is nothing to look at.
pub(super) async fn show(
    member: &Member<ManagesPolicies>,
    policy: PolicyKind,
    problem: Option<PolicyProblem>,
    typed: Publishing,
) -> HttpResponse {
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match preview(member, policy, problem, typed).await {
        Ok(Some(preview)) => {
            let agency = member.tenant.name.clone();
            member.respond_with(status, &AdminPolicyPreviewView { agency, preview })
        }
        Ok(None) => member.redirect(&base(policy)),
        Err(error) => member.broken(&error),
    }
}

async fn preview(
    member: &Member<ManagesPolicies>,
    policy: PolicyKind,
    problem: Option<PolicyProblem>,
    typed: Publishing,
) -> belfry_tenancy::Result<Option<PolicyPreview>> {
    let (tenancy, tenant) = (member.tenancy(), &member.tenant);
    let Some(draft) = policies::draft(tenancy, tenant.scope(), policy).await? else { return Ok(None) };
    let (mut wordings, mut missing) = (Vec::new(), Vec::new());
    for &language in Language::ALL {
        let (document, lines) =
            policies::preview(tenancy, tenant, policy, &draft.text, language.code()).await?;
        missing = document.missing.into_iter().map(Variable::as_str).collect();
        wordings.push(wording(language, document.html, lines));
    }
    Ok(Some(PolicyPreview {
        title: policies::title(policy, member.page.language.code())?,
        base: base(policy),
        version: None,
        draft: draft.id.to_string(),
        wordings,
        missing,
        demands: draft.text.demands,
        problem,
        reason: typed.reason,
        effective_on: typed.effective_on,
    }))
}
