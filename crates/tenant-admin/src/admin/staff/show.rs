//! `GET /admin/staff/{id}`: one person, and what may be changed about them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, GrantChoice, PersonView};
use belfry_tenancy::staff::manage::{self, ManageError, permissions_of};
use belfry_tenancy::staff::{self, Staff};

use super::{id, problem, roles, row};
use crate::member::{ManagesStaff, Member};

pub(in crate::admin) async fn get(member: Member<ManagesStaff>, named: web::Path<String>) -> HttpResponse {
    show(&member, &named, None).await
}

/// After a form: the person as they are then, or the page again with what is wrong.
pub(super) async fn after(
    member: &Member<ManagesStaff>,
    named: &str,
    done: Result<bool, ManageError>,
) -> HttpResponse {
    match done {
        Ok(_) => member.redirect(&format!("/admin/staff/{named}")),
        Err(ManageError::Unknown) => member.error(ErrorKind::NotFound),
        Err(error) => match problem(error) {
            Ok(problem) => show(member, named, Some(problem)).await,
            Err(error) => member.broken(&error),
        },
    }
}

async fn show(member: &Member<ManagesStaff>, named: &str, problem: Option<&'static str>) -> HttpResponse {
    let Some(id) = id(named) else { return member.error(ErrorKind::NotFound) };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match staff::find(member.tenancy(), member.scope(), id).await {
        Ok(Some(person)) => match view(member, &person, problem).await {
            Ok(view) => member.respond_with(status, &view),
            Err(error) => member.broken(&error),
        },
        Ok(None) => member.error(ErrorKind::NotFound),
        Err(error) => member.broken(&error),
    }
}

async fn view(
    member: &Member<ManagesStaff>,
    person: &Staff,
    problem: Option<&'static str>,
) -> belfry_tenancy::Result<PersonView> {
    let sets = manage::sets(member.tenancy(), &member.tenant).await?;
    let mut grants: Vec<GrantChoice> = roles(member)
        .into_iter()
        .map(|role| GrantChoice {
            value: format!("role:{role}"),
            role: Some(role),
            set: String::new(),
            may: role.permissions().iter().collect(),
            current: person.set.is_none() && person.role == role,
        })
        .collect();
    for set in &sets {
        grants.push(GrantChoice {
            value: format!("set:{}", set.id),
            role: None,
            set: set.name.clone(),
            may: permissions_of(set)?.iter().collect(),
            current: person.set == Some(set.id),
        });
    }
    Ok(PersonView {
        agency: member.tenant.name.clone(),
        person: row(member, person, &sets),
        grants,
        may: person.permissions().iter().collect(),
        problem,
    })
}
