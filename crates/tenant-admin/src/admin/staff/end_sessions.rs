//! `POST /admin/staff/{id}/end_sessions`: signs somebody out everywhere, apps too.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_tenancy::staff::own;
use serde::de::IgnoredAny;

use super::{id, show};
use crate::member::{ManagesStaff, MemberForm};

pub(in crate::admin) async fn post(
    named: web::Path<String>,
    sent: MemberForm<ManagesStaff, IgnoredAny>,
) -> HttpResponse {
    let member = sent.member;
    let Some(id) = id(&named) else { return member.error(ErrorKind::NotFound) };
    let done = own::sign_out(member.tenancy(), &member.tenant, id, member.manager()).await;
    show::after(&member, &named, done).await
}
