//! `/console/policies`: the text for all agencies, written, looked at and published.

pub(crate) mod begin;
pub(crate) mod discard;
pub(crate) mod preview;
pub(crate) mod publish;
pub(crate) mod save;
pub(crate) mod show;
pub(crate) mod version;

use actix_web::HttpResponse;
use belfry_edge::view::{ConsolePoliciesView, PolicyRow};
use belfry_model::PolicyKind;
use belfry_tenancy::policies;

use crate::lead::Lead;

/// Where one policy's page is.
fn base(policy: PolicyKind) -> String {
    format!("/console/policies/{policy}")
}

/// `GET /console/policies`.
pub(crate) async fn get(lead: Lead) -> HttpResponse {
    match rows(&lead).await {
        Ok(rows) => lead.respond(&ConsolePoliciesView::new(rows)),
        Err(error) => lead.broken(&error),
    }
}

async fn rows(lead: &Lead) -> belfry_tenancy::Result<Vec<PolicyRow>> {
    let heads = lead.admin().policy_baseline_heads(None).await?;
    let today = lead.tenancy().clock.now().date_naive();
    let row = |&policy: &PolicyKind| {
        let own = || heads.iter().filter(move |head| head.policy == policy.as_str());
        let now = own().rfind(|head| head.effective_on <= today);
        Ok(PolicyRow {
            title: policies::title(policy, lead.page.language.code())?,
            href: base(policy),
            edition: now.map(|head| head.version.to_string()).unwrap_or_default(),
            since: now.map(|head| head.published_at.max(midnight(head.effective_on))),
            coming: own().any(|head| head.effective_on > today),
            demands: now.is_some_and(|head| head.demands),
        })
    };
    PolicyKind::ALL.iter().map(row).collect()
}

fn midnight(day: chrono::NaiveDate) -> chrono::DateTime<chrono::Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}
