//! `/admin/settings`: what holds for the agency and where it comes from, and making it stricter.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{AdminSettingsView, SettingProblem};
use belfry_storage::OwnSettings;
use belfry_tenancy::baseline::settings::{self, SettingError};
use serde::Deserialize;

use crate::member::{ManagesSettings, Member, MemberForm};

const PATH: &str = "/admin/settings";

#[derive(Debug, Deserialize)]
pub(crate) struct Form {
    #[serde(default)]
    alt_text: Option<String>,
    #[serde(default)]
    retention_days: String,
    #[serde(default)]
    post_length: String,
}

pub(super) async fn get(member: Member<ManagesSettings>) -> HttpResponse {
    show(&member, None, None).await
}

pub(super) async fn post(sent: MemberForm<ManagesSettings, Form>) -> HttpResponse {
    let MemberForm { form, member } = sent;
    let (Ok(retention_days), Ok(post_length)) =
        (form.retention_days.trim().parse(), form.post_length.trim().parse())
    else {
        return show(&member, Some((SettingProblem::Range, 0)), Some(form)).await;
    };
    let wanted = OwnSettings { require_alt_text: form.alt_text.is_some(), retention_days, post_length };
    let problem = match settings::tighten(member.tenancy(), member.scope(), wanted, &member.by).await {
        Ok(()) => return member.redirect(PATH),
        Err(SettingError::AltText) => (SettingProblem::AltText, 0),
        Err(SettingError::Retention(least)) => (SettingProblem::Retention, least),
        Err(SettingError::PostLength(most)) => (SettingProblem::PostLength, most),
        Err(SettingError::Range) => (SettingProblem::Range, 0),
        Err(SettingError::Internal(error)) => return member.broken(&error),
    };
    show(&member, Some(problem), Some(form)).await
}

async fn show(
    member: &Member<ManagesSettings>,
    problem: Option<(SettingProblem, i32)>,
    typed: Option<Form>,
) -> HttpResponse {
    let holds = match settings::of(member.tenancy(), member.scope()).await {
        Ok(holds) => holds,
        Err(error) => return member.broken(&error),
    };
    let typed = typed.unwrap_or_else(|| Form {
        alt_text: holds.alt_text.value.then(String::new),
        retention_days: holds.retention_days.value.to_string(),
        post_length: holds.post_length.value.to_string(),
    });
    let view = AdminSettingsView {
        agency: member.tenant.name.clone(),
        second_factor: holds.second_factor,
        alt_text: holds.alt_text,
        retention_days: holds.retention_days,
        post_length: holds.post_length,
        typed_alt_text: typed.alt_text.is_some(),
        typed_retention: typed.retention_days,
        typed_length: typed.post_length,
        problem: problem.map(|(problem, _)| problem),
        bound: problem.map_or(0, |(_, bound)| bound),
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    member.respond_with(status, &view)
}
