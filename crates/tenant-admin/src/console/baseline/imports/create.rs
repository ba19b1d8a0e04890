//! `POST /console/baseline/imports`: keeps a pasted list and shows what it comes to.

use actix_web::HttpResponse;
use belfry_edge::view::{RuleForm, RuleProblem};
use belfry_tenancy::baseline::import::{self, ImportError};
use serde::Deserialize;

use crate::console::baseline::PATH;
use crate::console::baseline::domains::{Query, show};
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct Form {
    list: String,
}

pub(crate) async fn post(sent: LeadForm<Form>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let problem = match import::receive(lead.tenancy(), lead.admin(), "", &form.list).await {
        Ok(id) => return lead.redirect(&format!("{PATH}/imports/{id}")),
        Err(ImportError::TooLarge) => RuleProblem::ListTooLarge,
        Err(ImportError::TooMany) => RuleProblem::ListTooMany,
        Err(ImportError::Empty) => RuleProblem::ListEmpty,
        Err(ImportError::NoDomains) => RuleProblem::ListNoDomains,
        Err(ImportError::Internal(error)) => return lead.broken(&error),
    };
    show(&lead, &Query::default(), Some(problem), RuleForm::default(), form.list).await
}
