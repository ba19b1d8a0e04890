//! `POST /admin/policies/{policy}`: keeps the draft, and goes on to look at it.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, PolicyProblem};
use belfry_model::PolicyKind;
use belfry_tenancy::policies;

use super::base;
use super::show::show;
use crate::member::{ManagesPolicies, MemberForm};
use crate::policy_form::{Typed, form_of};

pub(crate) async fn post(
    policy: web::Path<String>,
    sent: MemberForm<ManagesPolicies, Typed>,
) -> HttpResponse {
    let MemberForm { form, member } = sent;
    let Ok(policy) = policy.parse::<PolicyKind>() else { return member.error(ErrorKind::NotFound) };
    let text = form.text();
    match policies::save(member.tenancy(), &member.tenant, policy, &text).await {
        Ok(()) => member.redirect(&format!("{}/preview", base(policy))),
        Err(error) => match PolicyProblem::of(&error) {
            Some(problem) => show(&member, policy, Some(problem), Some(form_of(text))).await,
            None => member.broken(&error),
        },
    }
}
