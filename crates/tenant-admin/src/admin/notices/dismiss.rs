//! `POST /admin/notices/{id}/dismiss`: by those who administer, for all people of the agency.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_tenancy::notice;
use serde::de::IgnoredAny;

use crate::member::{ManagesSettings, MemberForm};

pub(crate) async fn post(
    id: web::Path<String>,
    sent: MemberForm<ManagesSettings, IgnoredAny>,
) -> HttpResponse {
    let member = sent.member;
    let Ok(id) = id.parse() else { return member.error(ErrorKind::NotFound) };
    match notice::dismiss(member.tenancy(), member.scope(), id, &member.by).await {
        Ok(true) => member.redirect("/admin"),
        Ok(false) => member.error(ErrorKind::NotFound),
        Err(error) => member.broken(&error),
    }
}
