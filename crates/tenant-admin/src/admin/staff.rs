//! `/admin/staff`: the agency's people and the invitations that are open, and inviting somebody.

pub(super) mod disable;
pub(super) mod enable;
pub(super) mod end_sessions;
pub(super) mod grant;
pub(super) mod import;
pub(super) mod reset_factor;
pub(super) mod second_factor;
pub(super) mod sets;
pub(super) mod show;
pub(super) mod withdraw;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{Issued, PendingInvitation, StaffMember, StaffView, TypedInvite};
use belfry_model::{Role, StaffId};
use belfry_storage::row::PermissionSet;
use belfry_tenancy::factor;
use belfry_tenancy::staff::manage::{self, ManageError};
use belfry_tenancy::staff::{self, Invite, InviteError, Staff};
use serde::Deserialize;

use crate::member::{ManagesStaff, Member, MemberForm};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    email: String,
    role: String,
    accounts: String,
}

/// Around the list: what was typed and can't be, or what came of it.
#[derive(Default)]
struct Around {
    form: TypedInvite,
    issued: Option<Issued>,
    problem: Option<&'static str>,
}

pub(super) async fn get(member: Member<ManagesStaff>) -> HttpResponse {
    show(&member, StatusCode::OK, Around::default()).await
}

pub(super) async fn post(sent: MemberForm<ManagesStaff, Form>) -> HttpResponse {
    let MemberForm { form, member } = sent;
    let done = match parse(&form) {
        Ok(invite) => match manage::invite(member.tenancy(), &member.tenant, &invite, member.manager()).await
        {
            Ok(invitation) => Ok(invitation),
            Err(InviteError::Internal(error)) => return member.broken(&error),
            Err(InviteError::NotLead(_)) => Err("role"),
            Err(InviteError::UnknownAccount { .. }) => Err("account"),
            Err(InviteError::Beyond) => Err("beyond"),
            Err(InviteError::UsedUp(_)) => Err("used-up"),
        },
        Err(problem) => Err(problem),
    };
    match done {
        Ok(invitation) => {
            let issued = Issued {
                email: invitation.email.to_string(),
                url: invitation.url,
                code: invitation.code.expose().to_owned(),
                expires_at: invitation.expires_at,
            };
            show(&member, StatusCode::CREATED, Around { issued: Some(issued), ..Around::default() }).await
        }
        Err(problem) => {
            let Form { email, role, accounts } = form;
            let form = TypedInvite { email, role, accounts };
            let around = Around { form, problem: Some(problem), issued: None };
            show(&member, StatusCode::UNPROCESSABLE_ENTITY, around).await
        }
    }
}

fn parse(form: &Form) -> Result<Invite, &'static str> {
    Ok(Invite {
        email: form.email.parse().map_err(|_| "email")?,
        role: form.role.parse().map_err(|_| "role")?,
        accounts: form
            .accounts
            .split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map_err(|_| "account")?,
    })
}

async fn show(member: &Member<ManagesStaff>, status: StatusCode, around: Around) -> HttpResponse {
    match view(member, around).await {
        Ok(view) => member.respond_with(status, &view),
        Err(error) => member.broken(&error),
    }
}

async fn view(member: &Member<ManagesStaff>, around: Around) -> belfry_tenancy::Result<StaffView> {
    let (tenancy, tenant) = (member.tenancy(), &member.tenant);
    let people = staff::list(tenancy, tenant.scope()).await?;
    let sets = manage::sets(tenancy, tenant).await?;
    let open = staff::invitations(tenancy, tenant.scope()).await?;
    Ok(StaffView {
        agency: tenant.name.clone(),
        staff: people.iter().map(|person| row(member, person, &sets)).collect(),
        invitations: open
            .into_iter()
            .map(|open| PendingInvitation {
                id: open.id.to_string(),
                email: open.email,
                role: open.role,
                expires_at: open.expires_at,
            })
            .collect(),
        roles: roles(member),
        demand: factor::demand::of(tenancy, tenant.scope()).await?.as_str(),
        form: around.form,
        issued: around.issued,
        problem: around.problem,
    })
}

/// Those that this person may give.
fn roles(member: &Member<ManagesStaff>) -> Vec<Role> {
    let may = member.staff.permissions();
    let is_there = |role: Role| role != Role::Lead || member.tenant.is_lead;
    Role::ALL.iter().copied().filter(|role| is_there(*role) && role.permissions().within(may)).collect()
}

fn row(member: &Member<ManagesStaff>, person: &Staff, sets: &[PermissionSet]) -> StaffMember {
    let named = |id: i64| sets.iter().find(|set| set.id == id).map(|set| set.name.clone());
    StaffMember {
        id: person.id.to_string(),
        is_you: person.id == member.staff.id,
        name: person.display_name.clone(),
        email: person.email.clone(),
        role: person.role,
        set: person.set.and_then(named),
        disabled: person.disabled,
    }
}

/// The person that a path names. What can't be an id is nobody either.
fn id(text: &str) -> Option<StaffId> {
    text.parse().ok().map(StaffId)
}

/// The key of the problem, or our own fault.
fn problem(error: ManageError) -> Result<&'static str, belfry_tenancy::Error> {
    Ok(match error {
        ManageError::Internal(error) => return Err(error),
        ManageError::Unknown | ManageError::UnknownSet => "set-gone",
        ManageError::Beyond => "beyond",
        ManageError::LastOwner => "last-owner",
        ManageError::NotLead => "lead",
        ManageError::Name => "set-name",
        ManageError::Empty => "set-empty",
        ManageError::TooMany => "set-many",
        ManageError::InUse => "set-used",
        ManageError::UsedUp(_) => "used-up",
    })
}
