//! `GET /console/policies/{policy}/versions/{version}`: what was published once, and what it changed.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ConsolePolicyPreviewView, ErrorKind, PolicyPreview};
use belfry_model::PolicyKind;
use belfry_tenancy::policies;

use super::base;
use super::preview::wordings;
use crate::lead::Lead;

pub(crate) async fn get(lead: Lead, path: web::Path<(String, String)>) -> HttpResponse {
    let (Ok(policy), Ok(version)) = (path.0.parse::<PolicyKind>(), path.1.parse::<i32>()) else {
        return lead.error(ErrorKind::NotFound);
    };
    match view(&lead, policy, version).await {
        Ok(Some(view)) => lead.respond(&ConsolePolicyPreviewView::new(view)),
        Ok(None) => lead.error(ErrorKind::NotFound),
        Err(error) => lead.broken(&error),
    }
}

async fn view(
    lead: &Lead,
    policy: PolicyKind,
    version: i32,
) -> belfry_tenancy::Result<Option<PolicyPreview>> {
    let Some(new) = lead.admin().policy_baseline_fetch(policy, version).await? else { return Ok(None) };
    let old = match version {
        1 => None,
        version => lead.admin().policy_baseline_fetch(policy, version - 1).await?,
    };
    Ok(Some(PolicyPreview {
        title: policies::title(policy, lead.page.language.code())?,
        base: base(policy),
        version: Some(version.to_string()),
        draft: String::new(),
        wordings: wordings(lead, policy, old.as_ref(), &new).await?,
        missing: Vec::new(),
        demands: new.demands,
        problem: None,
        reason: String::new(),
        effective_on: String::new(),
    }))
}
