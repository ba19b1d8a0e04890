//! `POST /admin/staff/invitations/{id}/withdraw`: takes an invitation back.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_tenancy::staff::manage;
use serde::de::IgnoredAny;

use crate::member::{ManagesStaff, MemberForm};

pub(in crate::admin) async fn post(
    named: web::Path<String>,
    sent: MemberForm<ManagesStaff, IgnoredAny>,
) -> HttpResponse {
    let member = sent.member;
    let Ok(invitation) = named.parse() else { return member.error(ErrorKind::NotFound) };
    match manage::withdraw(member.tenancy(), &member.tenant, invitation, &member.by).await {
        Ok(true) => member.redirect("/admin/staff"),
        Ok(false) => member.error(ErrorKind::NotFound),
        Err(error) => member.broken(&error),
    }
}
