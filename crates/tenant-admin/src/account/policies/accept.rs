//! `POST /account/policies/accept`: by who is signed in, for themselves.

use actix_web::HttpResponse;
use belfry_edge::view::ErrorKind;
use belfry_model::{Edition, PolicyKind};
use belfry_tenancy::policies::{self, AcceptError};
use serde::Deserialize;

use super::show;
use crate::member::{Anybody, MemberForm};

#[derive(Debug, Deserialize)]
pub(crate) struct Form {
    #[serde(default)]
    policy: String,
    #[serde(default)]
    edition: String,
}

pub(crate) async fn post(sent: MemberForm<Anybody, Form>) -> HttpResponse {
    let MemberForm { form, member } = sent;
    let (Ok(policy), Ok(edition)) = (form.policy.parse::<PolicyKind>(), form.edition.parse::<Edition>())
    else {
        return member.error(ErrorKind::BadRequest);
    };
    let (tenancy, me) = (member.tenancy(), member.staff.id);
    match policies::accept(tenancy, &member.tenant, me, policy, edition, &member.by).await {
        Ok(_) => member.redirect("/account/policies"),
        Err(AcceptError::NotInForce) => show(&member, true).await,
        Err(AcceptError::Internal(error)) => member.broken(&error),
    }
}
