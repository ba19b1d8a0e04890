//! `POST /admin/staff/sets/{id}/remove`: takes a set away that nobody has.

use actix_web::{HttpResponse, web};
use belfry_tenancy::staff::manage::{self, ManageError};
use serde::de::IgnoredAny;

use super::{Form, after};
use crate::member::{ManagesStaff, MemberForm};

pub(in crate::admin) async fn post(
    named: web::Path<String>,
    sent: MemberForm<ManagesStaff, IgnoredAny>,
) -> HttpResponse {
    let member = sent.member;
    let done = match named.parse() {
        Ok(id) => manage::set_remove(member.tenancy(), &member.tenant, id, member.manager()).await,
        Err(_) => Err(ManageError::UnknownSet),
    };
    after(&member, done, &Form::default()).await
}
