//! `/admin/staff/import`: inviting many from a list, with a look at it before.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{ImportLine, StaffImportView};
use belfry_tenancy::staff::bulk::{self, ListError, Outcome, Row};
use serde::Deserialize;

use crate::member::{ManagesStaff, Member, MemberForm};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::admin) struct Form {
    list: String,
    r#do: String,
}

pub(in crate::admin) async fn get(member: Member<ManagesStaff>) -> HttpResponse {
    member.respond(&view(&member, String::new(), &[], false, None))
}

pub(in crate::admin) async fn post(sent: MemberForm<ManagesStaff, Form>) -> HttpResponse {
    let MemberForm { form, member } = sent;
    let dry_run = form.r#do != "invite";
    let done =
        bulk::invite_all(member.tenancy(), &member.tenant, &form.list, dry_run, member.manager()).await;
    let problem = match done {
        Ok(rows) => return member.respond(&view(&member, form.list, &rows, dry_run, None)),
        Err(ListError::Heading) => "list-heading",
        Err(ListError::Empty) => "list-empty",
        Err(ListError::TooLong(_)) => "list-long",
        Err(ListError::Internal(error)) => return member.broken(&error),
    };
    let view = view(&member, form.list, &[], dry_run, Some(problem));
    member.respond_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

fn view(
    member: &Member<ManagesStaff>,
    list: String,
    rows: &[Row],
    dry_run: bool,
    problem: Option<&'static str>,
) -> StaffImportView {
    let count = |is: fn(&Outcome) -> bool| rows.iter().filter(|row| is(&row.outcome)).count();
    StaffImportView {
        agency: member.tenant.name.clone(),
        list,
        rows: rows.iter().map(line).collect(),
        dry_run,
        invited: count(|outcome| *outcome == Outcome::Invited),
        refused: count(|outcome| matches!(outcome, Outcome::Refused(_))),
        most: member.platform.settings.sign_in.invitations_per_list,
        problem,
    }
}

fn line(row: &Row) -> ImportLine {
    let (outcome, why) = match &row.outcome {
        Outcome::Invited => ("invited", String::new()),
        Outcome::AsBefore => ("as-before", String::new()),
        Outcome::Refused(why) => ("refused", why.clone()),
    };
    ImportLine { line: row.line, email: row.email.clone(), outcome, why }
}
