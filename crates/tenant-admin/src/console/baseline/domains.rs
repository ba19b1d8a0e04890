//! `GET /console/baseline`: the rules about servers, found by name, a page at a time.

pub(crate) mod export;
pub(crate) mod remove;
pub(crate) mod set;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::view::{BaselinePart, DomainsView, Room, RuleForm, RuleProblem, RuleRow, WaitingRow};
use belfry_storage::KeptRule;
use serde::Deserialize;

use super::PATH;
use crate::lead::Lead;

const PER_PAGE: u64 = 50;
const LONGEST_SEARCH: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: String,
    /// The rule that is to be changed.
    #[serde(default)]
    domain: String,
}

pub(crate) async fn get(lead: Lead, query: web::Query<Query>) -> HttpResponse {
    let form = match lead.admin().domain_rule_fetch(&query.domain).await {
        Ok(rule) => rule.map(form).unwrap_or_default(),
        Err(error) => return lead.broken(&error),
    };
    show(&lead, &query, None, form, String::new()).await
}

/// Also with what was typed and can't be taken.
pub(super) async fn show(
    lead: &Lead,
    query: &Query,
    problem: Option<RuleProblem>,
    form: RuleForm,
    list: String,
) -> HttpResponse {
    let words: String = query.q.trim().chars().take(LONGEST_SEARCH).collect();
    let page = query.page.parse().unwrap_or(1).max(1);
    let offset = PER_PAGE.saturating_mul(page - 1);
    let read = async {
        let found = lead.admin().domain_rule_search(&words, offset, PER_PAGE).await?;
        Ok::<_, belfry_storage::Error>((found, lead.admin().domain_import_list().await?))
    };
    let (found, waiting) = match read.await {
        Ok(read) => read,
        Err(error) => return lead.broken(&error),
    };
    let link = |page: u64| {
        let query = serde_urlencoded::to_string([("q", words.as_str()), ("page", &page.to_string())]);
        format!("{PATH}?{}", query.unwrap_or_default())
    };
    let view = DomainsView {
        room: Room::Baseline,
        part: BaselinePart::Domains,
        newer: (page > 1).then(|| link(page - 1)),
        older: (offset + PER_PAGE < found.total).then(|| link(page + 1)),
        total: found.total,
        rules: found.rules.into_iter().map(row).collect(),
        waiting: waiting
            .into_iter()
            .map(|one| WaitingRow { id: one.id.to_string(), source: one.source, at: one.created_at })
            .collect(),
        query: words.clone(),
        problem,
        form,
        list,
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    lead.respond_with(status, &view)
}

pub(super) fn row(rule: KeptRule) -> RuleRow {
    RuleRow {
        domain: rule.domain,
        severity: rule.severity,
        reject_media: rule.reject_media,
        public_comment: rule.public_comment,
        private_comment: rule.private_comment,
        source: rule.source,
    }
}

fn form(rule: KeptRule) -> RuleForm {
    RuleForm {
        domain: rule.domain,
        severity: rule.severity.to_string(),
        reject_media: rule.reject_media,
        public_comment: rule.public_comment,
        private_comment: rule.private_comment,
        reason: String::new(),
    }
}
