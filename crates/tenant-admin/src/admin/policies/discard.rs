//! `POST /admin/policies/{policy}/discard`: throws the draft away. What is gone already is as good.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_model::PolicyKind;
use belfry_tenancy::policies;
use serde::de::IgnoredAny;

use super::base;
use crate::member::{ManagesPolicies, MemberForm};

pub(crate) async fn post(
    policy: web::Path<String>,
    sent: MemberForm<ManagesPolicies, IgnoredAny>,
) -> HttpResponse {
    let member = sent.member;
    let Ok(policy) = policy.parse::<PolicyKind>() else { return member.error(ErrorKind::NotFound) };
    match policies::discard(member.tenancy(), &member.tenant, policy).await {
        Ok(()) => member.redirect(&base(policy)),
        Err(error) => member.broken(&error),
    }
}
