//! `POST /console/baseline/handles`

use actix_web::HttpResponse;
use belfry_edge::view::SettingProblem;
use belfry_tenancy::baseline::handles::{self, PatternError};
use serde::Deserialize;

use crate::console::baseline::settings::{PATH, show};
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct Form {
    pattern: String,
}

pub(crate) async fn post(sent: LeadForm<Form>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let problem = match handles::reserve(lead.tenancy(), lead.admin(), &form.pattern, &lead.by).await {
        Ok(_) => return lead.redirect(PATH),
        Err(PatternError::Malformed(_)) => SettingProblem::Pattern,
        Err(PatternError::TooMany) => SettingProblem::TooManyPatterns,
        Err(PatternError::Internal(error)) => return lead.broken(&error),
    };
    show(&lead, Some(problem), None, form.pattern).await
}
