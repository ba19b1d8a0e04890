//! `/console/baseline/settings`: what holds for all agencies, and the handles that are kept back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{BaselinePart, BaselineSettingsView, Room, SettingProblem};
use belfry_storage::Baseline;
use belfry_tenancy::baseline::settings::{self, SettingError};
use serde::Deserialize;

use crate::lead::{Lead, LeadForm};

pub(super) const PATH: &str = "/console/baseline/settings";

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Form {
    #[serde(default)]
    second_factor: Option<String>,
    #[serde(default)]
    alt_text: Option<String>,
    #[serde(default)]
    retention_days: String,
    #[serde(default)]
    post_length: String,
    #[serde(default)]
    reason: String,
}

pub(crate) async fn get(lead: Lead) -> HttpResponse {
    show(&lead, None, None, String::new()).await
}

pub(crate) async fn post(sent: LeadForm<Form>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let number = |text: &str| text.trim().parse::<i32>();
    let (retention, length) = (number(&form.retention_days), number(&form.post_length));
    let wanted = match (retention, form.post_length.trim(), length) {
        (Ok(retention_days), "", _) => Some((retention_days, None)),
        (Ok(retention_days), _, Ok(length)) => Some((retention_days, Some(length))),
        _ => None,
    };
    let Some((retention_days, post_length)) = wanted else {
        return show(&lead, Some(SettingProblem::Range), Some(form), String::new()).await;
    };
    let new = Baseline {
        require_second_factor: form.second_factor.is_some(),
        require_alt_text: form.alt_text.is_some(),
        retention_days,
        post_length,
    };
    let by = lead.by.clone().because(&form.reason);
    match settings::set(lead.admin(), &new, &by).await {
        Ok(()) => lead.redirect(PATH),
        Err(SettingError::Internal(error)) => lead.broken(&error),
        Err(
            SettingError::Range
            | SettingError::AltText
            | SettingError::Retention(_)
            | SettingError::PostLength(_),
        ) => show(&lead, Some(SettingProblem::Range), Some(form), String::new()).await,
    }
}

/// With what was typed, where it can't be taken.
pub(super) async fn show(
    lead: &Lead,
    problem: Option<SettingProblem>,
    typed: Option<Form>,
    pattern: String,
) -> HttpResponse {
    let read = async {
        Ok::<_, belfry_storage::Error>((
            lead.admin().baseline_fetch().await?,
            lead.admin().reserved_list().await?,
        ))
    };
    let (stands, reserved) = match read.await {
        Ok(read) => read,
        Err(error) => return lead.broken(&error),
    };
    let form = typed.unwrap_or_else(|| Form {
        second_factor: stands.require_second_factor.then(String::new),
        alt_text: stands.require_alt_text.then(String::new),
        retention_days: stands.retention_days.to_string(),
        post_length: stands.post_length.map(|length| length.to_string()).unwrap_or_default(),
        reason: String::new(),
    });
    let view = BaselineSettingsView {
        room: Room::Baseline,
        part: BaselinePart::Settings,
        second_factor: form.second_factor.is_some(),
        alt_text: form.alt_text.is_some(),
        retention_days: form.retention_days,
        post_length: form.post_length,
        reason: form.reason,
        reserved,
        pattern,
        problem,
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    lead.respond_with(status, &view)
}
