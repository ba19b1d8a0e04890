//! `POST /admin/staff/{id}/disable`: shuts somebody out at once.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_tenancy::staff::manage;
use serde::de::IgnoredAny;

use super::{id, show};
use crate::member::{ManagesStaff, MemberForm};

pub(in crate::admin) async fn post(
    named: web::Path<String>,
    sent: MemberForm<ManagesStaff, IgnoredAny>,
) -> HttpResponse {
    let member = sent.member;
    let Some(id) = id(&named) else { return member.error(ErrorKind::NotFound) };
    let done = manage::shut_out(member.tenancy(), &member.tenant, id, member.manager()).await;
    show::after(&member, &named, done).await
}
