//! Inviting many at once: a list with a line for each person.
//!
//! Invariant: running a list again changes nothing: who is here already or has an open invitation
//! to the same role is left alone.

use belfry_model::{Permissions, Role, Tenant, Username};

use super::manage::{self, Manager};
use super::{Invite, InviteError, invitations, list};
use crate::spreadsheet::records;
use crate::{EmailAddress, Result, Tenancy};

/// What became of a line, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Invited,
    /// Is here in this role, or has an open invitation to it.
    AsBefore,
    Refused(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// From 1; the first line of a file is its heading.
    pub line: usize,
    pub email: String,
    pub outcome: Outcome,
}

#[derive(Debug, thiserror::Error)]
pub enum ListError {
    #[error("the first line has to name the columns `email` and `role`, and may name `accounts`")]
    Heading,
    #[error("the list is empty")]
    Empty,
    #[error("a list may have at most {0} people: split it")]
    TooLong(usize),
    #[error(transparent)]
    Internal(crate::Error),
}
crate::error::internal!(ListError: crate::Error);

struct Line {
    number: usize,
    email: String,
    invite: Result<Invite, String>,
}

/// Invites everybody on a list of comma-separated values with the columns `email`, `role` and
/// `accounts` (account names, separated by spaces), or with `dry_run` says what would be.
pub async fn invite_all(
    tenancy: &Tenancy,
    tenant: &Tenant,
    text: &str,
    dry_run: bool,
    manager: Manager<'_>,
) -> Result<Vec<Row>, ListError> {
    let lines = parse(text, tenancy.settings.invitations_per_list)?;
    let (people, open) = (list(tenancy, tenant.scope()).await?, invitations(tenancy, tenant.scope()).await?);
    let is_here = |invite: &Invite| {
        let (email, role) = (invite.email.as_str(), invite.role);
        let same = |other: &str| other.eq_ignore_ascii_case(email);
        people.iter().any(|person| same(&person.email) && person.role == role && !person.disabled)
            || open.iter().any(|open| same(&open.email) && open.role == role)
    };
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let outcome = match line.invite {
            Err(why) => Outcome::Refused(why),
            Ok(invite) if is_here(&invite) => Outcome::AsBefore,
            Ok(invite) if dry_run => expected(&invite, tenant, manager.may),
            Ok(invite) => match manage::invite(tenancy, tenant, &invite, manager).await {
                Ok(_) => Outcome::Invited,
                Err(InviteError::Internal(error)) => return Err(error.into()),
                Err(refused) => Outcome::Refused(refused.to_string()),
            },
        };
        rows.push(Row { line: line.number, email: line.email, outcome });
    }
    Ok(rows)
}

/// What can be said without trying.
fn expected(invite: &Invite, tenant: &Tenant, may: Permissions) -> Outcome {
    if invite.role == Role::Lead && !tenant.is_lead {
        return Outcome::Refused(InviteError::NotLead(tenant.slug.to_string()).to_string());
    }
    if !invite.role.permissions().within(may) {
        return Outcome::Refused(InviteError::Beyond.to_string());
    }
    Outcome::Invited
}

fn parse(text: &str, most: usize) -> Result<Vec<Line>, ListError> {
    let mut records = records(text, ',').into_iter();
    let (_, heading) = records.next().ok_or(ListError::Heading)?;
    let column = |name: &str| heading.iter().position(|field| field.trim().eq_ignore_ascii_case(name));
    let (Some(email), Some(role)) = (column("email"), column("role")) else { return Err(ListError::Heading) };
    let accounts = column("accounts");
    let line = |(number, fields): (usize, Vec<String>)| {
        let field = |at: usize| fields.get(at).map(|field| field.trim()).unwrap_or_default();
        let named = accounts.map(field).unwrap_or_default();
        Line { number, email: field(email).to_owned(), invite: invite(field(email), field(role), named) }
    };
    let lines: Vec<Line> = records.map(line).collect();
    match lines.len() {
        0 => Err(ListError::Empty),
        many if many > most => Err(ListError::TooLong(most)),
        _ => Ok(lines),
    }
}

fn invite(email: &str, role: &str, accounts: &str) -> Result<Invite, String> {
    let email: EmailAddress = email.parse().map_err(|error| format!("{error}"))?;
    let role: Role = role.to_lowercase().parse().map_err(|error| format!("{error}"))?;
    let accounts =
        accounts.split_whitespace().map(|name| name.parse::<Username>().map_err(|error| format!("{error}")));
    Ok(Invite { email, role, accounts: accounts.collect::<Result<_, _>>()? })
}
