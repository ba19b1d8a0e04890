//! `POST /admin/policies/{policy}/begin`: a draft out of the template, or of what the agency says now.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_model::PolicyKind;
use belfry_tenancy::policies;

use super::base;
use crate::member::{ManagesPolicies, MemberForm};
use crate::policy_form::Begin;

pub(crate) async fn post(
    policy: web::Path<String>,
    sent: MemberForm<ManagesPolicies, Begin>,
) -> HttpResponse {
    let MemberForm { form, member } = sent;
    let Ok(policy) = policy.parse::<PolicyKind>() else { return member.error(ErrorKind::NotFound) };
    let done = if form.from == "template" {
        policies::adopt(member.tenancy(), &member.tenant, policy).await
    } else {
        policies::revise(member.tenancy(), &member.tenant, policy).await
    };
    match done {
        Ok(()) => member.redirect(&base(policy)),
        Err(error) => member.broken(&error),
    }
}
