//! `/admin/policies`: what an agency publishes about how it acts, below the lead agency's text.

pub(super) mod accepted;
pub(super) mod begin;
pub(super) mod discard;
pub(super) mod preview;
pub(super) mod publish;
pub(super) mod save;
pub(super) mod show;

use actix_web::HttpResponse;
use belfry_edge::view::{AdminPoliciesView, PolicyRow};
use belfry_model::PolicyKind;
use belfry_tenancy::policies;

use crate::member::{ManagesPolicies, Member};

fn base(policy: PolicyKind) -> String {
    format!("/admin/policies/{policy}")
}

/// `GET /admin/policies`.
pub(super) async fn get(member: Member<ManagesPolicies>) -> HttpResponse {
    match rows(&member).await {
        Ok(policies) => member.respond(&AdminPoliciesView { agency: member.tenant.name.clone(), policies }),
        Err(error) => member.broken(&error),
    }
}

async fn rows(member: &Member<ManagesPolicies>) -> belfry_tenancy::Result<Vec<PolicyRow>> {
    let heads = policies::heads(member.tenancy(), member.scope()).await?;
    heads
        .into_iter()
        .map(|(policy, now, coming)| {
            Ok(PolicyRow {
                title: policies::title(policy, member.page.language.code())?,
                href: base(policy),
                edition: now.as_ref().map(|entry| entry.edition.to_string()).unwrap_or_default(),
                since: now.as_ref().map(|entry| entry.since),
                coming: coming.is_some(),
                demands: now.is_some_and(|entry| entry.demands),
            })
        })
        .collect()
}
