//! `POST /admin/staff/{id}/grant`: gives somebody a role or a set of the agency's own.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_tenancy::staff::manage::{self, Grant, ManageError, Manager};
use serde::Deserialize;

use super::{id, show};
use crate::member::{ManagesStaff, MemberForm};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::admin) struct Form {
    grant: String,
    reason: String,
}

pub(in crate::admin) async fn post(
    named: web::Path<String>,
    sent: MemberForm<ManagesStaff, Form>,
) -> HttpResponse {
    let MemberForm { form, member } = sent;
    let Some(id) = id(&named) else { return member.error(ErrorKind::NotFound) };
    let by = member.by.clone().because(&form.reason);
    let manager = Manager { by: &by, ..member.manager() };
    let done = match parse(&form.grant) {
        Some(grant) => manage::grant(member.tenancy(), &member.tenant, id, grant, manager).await,
        None => Err(ManageError::UnknownSet),
    };
    show::after(&member, &named, done).await
}

fn parse(text: &str) -> Option<Grant> {
    match text.split_once(':')? {
        ("role", role) => role.parse().ok().map(Grant::Role),
        ("set", set) => set.parse().ok().map(Grant::Set),
        _ => None,
    }
}
