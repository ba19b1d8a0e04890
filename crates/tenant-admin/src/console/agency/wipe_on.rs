//! `POST /console/agencies/{slug}/wipe_on`

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, ReachProblem};
use belfry_tenancy::operate::{self, WipeError};
use chrono::NaiveDate;
use serde::Deserialize;

use super::reach::{self, Typed};
use super::tenant;
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct WipeForm {
    /// Empty: it stays.
    #[serde(default)]
    wipe_on: String,
    #[serde(default)]
    reason: String,
}

pub(crate) async fn post(slug: web::Path<String>, sent: LeadForm<WipeForm>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    let by = lead.by.clone().because(&form.reason);
    let date = match form.wipe_on.trim() {
        "" => Ok(None),
        text => text.parse::<NaiveDate>().map(Some),
    };
    let problem = match date {
        Err(_) => ReachProblem::Date,
        Ok(date) => match operate::wipe_on_set(lead.tenancy(), lead.admin(), &tenant, date, &by).await {
            Ok(_) => return lead.redirect(&reach::path(&tenant)),
            Err(WipeError::Over(_)) => ReachProblem::Over,
            Err(WipeError::Lead) => ReachProblem::Lead,
            Err(WipeError::Internal(error)) => return lead.broken(&error),
        },
    };
    let typed = Typed { date: form.wipe_on, reason: form.reason, ..Typed::default() };
    reach::show(&lead, &tenant, Some(problem), typed).await
}
