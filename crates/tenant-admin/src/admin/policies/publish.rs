//! `POST /admin/policies/{policy}/publish`: the draft that was looked at becomes the next version.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, PolicyProblem};
use belfry_model::PolicyKind;
use belfry_tenancy::policies;

use super::base;
use super::preview::show;
use crate::member::{ManagesPolicies, MemberForm};
use crate::policy_form::Publishing;

pub(crate) async fn post(
    policy: web::Path<String>,
    sent: MemberForm<ManagesPolicies, Publishing>,
) -> HttpResponse {
    let MemberForm { form, member } = sent;
    let Ok(policy) = policy.parse::<PolicyKind>() else { return member.error(ErrorKind::NotFound) };
    let draft = match policies::draft(member.tenancy(), member.scope(), policy).await {
        Ok(Some(draft)) => draft,
        Ok(None) => return member.redirect(&base(policy)),
        Err(error) => return member.broken(&error),
    };
    let publication = match form.publication(policy, draft.text) {
        Ok(publication) => publication,
        Err(problem) => return show(&member, policy, Some(problem), form).await,
    };
    let by = member.by.clone().because(&form.reason);
    match policies::publish(member.tenancy(), &member.tenant, &publication, &by).await {
        Ok(_) => member.redirect(&base(policy)),
        Err(error) => match PolicyProblem::of(&error) {
            Some(problem) => show(&member, policy, Some(problem), form).await,
            None => member.broken(&error),
        },
    }
}
