//! `GET /admin/policies/{policy}`: the lead agency's text, the agency's draft, and all versions.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::view::{AdminPolicyView, ErrorKind, PolicyDesk, PolicyForm, PolicyProblem, version_rows};
use belfry_model::{Law, PolicyKind};
use belfry_tenancy::policies;

use super::base;
use crate::member::{ManagesPolicies, Member};
use crate::policy_form::form_of;

pub(crate) async fn get(member: Member<ManagesPolicies>, policy: web::Path<String>) -> HttpResponse {
    match policy.parse() {
        Ok(policy) => show(&member, policy, None, None).await,
        Err(_) => member.error(ErrorKind::NotFound),
    }
}

/// Also with what was typed and can't be taken.
pub(super) async fn show(
    member: &Member<ManagesPolicies>,
    policy: PolicyKind,
    problem: Option<PolicyProblem>,
    typed: Option<PolicyForm>,
) -> HttpResponse {
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match desk(member, policy, problem, typed).await {
        Ok(desk) => {
            member.respond_with(status, &AdminPolicyView { agency: member.tenant.name.clone(), desk })
        }
        Err(error) => member.broken(&error),
    }
}

async fn desk(
    member: &Member<ManagesPolicies>,
    policy: PolicyKind,
    problem: Option<PolicyProblem>,
    typed: Option<PolicyForm>,
) -> belfry_tenancy::Result<PolicyDesk> {
    let (tenancy, language) = (member.tenancy(), member.page.language.code());
    let desk = policies::desk(tenancy, &member.tenant, policy, language).await?;
    let history = policies::history(tenancy, member.scope(), policy).await?;
    Ok(PolicyDesk {
        title: policies::title(policy, language)?,
        base: base(policy),
        own: true,
        baseline_html: desk.baseline_html,
        has_draft: desk.draft.is_some() || typed.is_some(),
        form: typed.or(desk.draft.map(|draft| form_of(draft.text))).unwrap_or_default(),
        defaults: PolicyForm {
            agency: desk.home.agency,
            contact: desk.home.contact,
            channel: desk.home.channel,
            ..PolicyForm::default()
        },
        laws: Law::ALL.to_vec(),
        problem,
        versions: version_rows(policy, history, tenancy.clock.now()),
    })
}
