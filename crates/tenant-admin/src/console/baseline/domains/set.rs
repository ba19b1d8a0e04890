//! `POST /console/baseline/domains`: makes a rule, or changes the one about that server.

use actix_web::HttpResponse;
use belfry_edge::view::{RuleForm, RuleProblem};
use belfry_model::{Host, Severity};
use belfry_tenancy::baseline::domains::{self, NewRule, RuleError};
use serde::Deserialize;

use super::{Query, show};
use crate::console::baseline::PATH;
use crate::lead::LeadForm;

#[derive(Debug, Deserialize)]
pub(crate) struct Form {
    domain: String,
    severity: Severity,
    #[serde(default)]
    reject_media: Option<String>,
    #[serde(default)]
    public_comment: String,
    #[serde(default)]
    private_comment: String,
    #[serde(default)]
    reason: String,
}

pub(crate) async fn post(sent: LeadForm<Form>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let reject_media = form.reject_media.is_some();
    let problem = match form.domain.trim().parse::<Host>() {
        Err(_) => RuleProblem::Domain,
        Ok(domain) => {
            let rule = NewRule {
                severity: form.severity,
                reject_media,
                public_comment: form.public_comment.trim().to_owned(),
                private_comment: form.private_comment.trim().to_owned(),
                ..NewRule::suspending(domain)
            };
            let by = lead.by.clone().because(&form.reason);
            match domains::set(lead.tenancy(), lead.admin(), &rule, &by).await {
                Ok(()) => return lead.redirect(PATH),
                Err(RuleError::Ours(_)) => RuleProblem::Ours,
                Err(RuleError::TooBroad(_)) => RuleProblem::TooBroad,
                Err(RuleError::Port(_)) => RuleProblem::Port,
                Err(RuleError::TooLong) => RuleProblem::TooLong,
                Err(RuleError::Nothing) => RuleProblem::Nothing,
                Err(RuleError::Internal(error)) => return lead.broken(&error),
            }
        }
    };
    let typed = RuleForm {
        domain: form.domain,
        severity: form.severity.to_string(),
        reject_media,
        public_comment: form.public_comment,
        private_comment: form.private_comment,
        reason: form.reason,
    };
    show(&lead, &Query::default(), Some(problem), typed, String::new()).await
}
