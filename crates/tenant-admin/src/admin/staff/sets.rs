//! `/admin/staff/sets`: the agency's own sets of permissions.

pub(in crate::admin) mod remove;

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{ErrorKind, PermissionChoice, SetRow, SetsView};
use belfry_model::{Permission, Permissions};
use belfry_tenancy::staff::manage::{self, ManageError, permissions_of};
use serde::Deserialize;

use super::problem;
use crate::member::{ManagesStaff, Member, MemberForm};

/// A box for each permission.
#[derive(Debug, Default, Deserialize)]
pub(in crate::admin) struct Form {
    #[serde(default)]
    name: String,
    #[serde(flatten)]
    boxes: BTreeMap<String, String>,
}

impl Form {
    fn permissions(&self) -> Permissions {
        self.boxes.keys().filter_map(|word| word.parse::<Permission>().ok()).collect()
    }
}

pub(in crate::admin) async fn get(member: Member<ManagesStaff>) -> HttpResponse {
    show(&member, StatusCode::OK, &Form::default(), None).await
}

pub(in crate::admin) async fn post(sent: MemberForm<ManagesStaff, Form>) -> HttpResponse {
    let MemberForm { form, member } = sent;
    let (tenancy, manager) = (member.tenancy(), member.manager());
    let done = manage::set_save(tenancy, &member.tenant, &form.name, form.permissions(), manager).await;
    after(&member, done.map(|_| ()), &form).await
}

async fn after(member: &Member<ManagesStaff>, done: Result<(), ManageError>, form: &Form) -> HttpResponse {
    match done {
        Ok(()) => member.redirect("/admin/staff/sets"),
        Err(ManageError::UnknownSet) => member.error(ErrorKind::NotFound),
        Err(error) => match problem(error) {
            Ok(problem) => show(member, StatusCode::UNPROCESSABLE_ENTITY, form, Some(problem)).await,
            Err(error) => member.broken(&error),
        },
    }
}

async fn show(
    member: &Member<ManagesStaff>,
    status: StatusCode,
    form: &Form,
    problem: Option<&'static str>,
) -> HttpResponse {
    match view(member, form, problem).await {
        Ok(view) => member.respond_with(status, &view),
        Err(error) => member.broken(&error),
    }
}

async fn view(
    member: &Member<ManagesStaff>,
    form: &Form,
    problem: Option<&'static str>,
) -> belfry_tenancy::Result<SetsView> {
    let (chosen, may) = (form.permissions(), member.staff.permissions());
    let mut sets = Vec::new();
    for set in manage::sets(member.tenancy(), &member.tenant).await? {
        let may = permissions_of(&set)?.iter().collect();
        sets.push(SetRow { id: set.id.to_string(), name: set.name, may, people: set.people });
    }
    Ok(SetsView {
        agency: member.tenant.name.clone(),
        sets,
        name: form.name.clone(),
        choices: may
            .iter()
            .map(|permission| PermissionChoice { permission, chosen: chosen.has(permission) })
            .collect(),
        problem,
    })
}
