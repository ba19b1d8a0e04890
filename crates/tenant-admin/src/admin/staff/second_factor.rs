//! `POST /admin/staff/second_factor`: says of whom a second factor is demanded.

use actix_web::HttpResponse;
use belfry_edge::view::ErrorKind;
use belfry_tenancy::factor::demand;
use serde::Deserialize;

use crate::member::{ManagesStaff, MemberForm};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::admin) struct Form {
    of: String,
}

pub(in crate::admin) async fn post(sent: MemberForm<ManagesStaff, Form>) -> HttpResponse {
    let MemberForm { form, member } = sent;
    let Ok(demand) = form.of.parse() else { return member.error(ErrorKind::BadRequest) };
    match demand::set(member.tenancy(), &member.tenant, demand, &member.by).await {
        Ok(_) => member.redirect("/admin/staff"),
        Err(error) => member.broken(&error),
    }
}
