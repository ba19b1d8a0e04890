//! `/account/policies`: what somebody has to accept before they post, and what they accepted.

pub(crate) mod accept;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use belfry_edge::view::{AcceptedRow, DuePolicyPart, OwnPoliciesView};
use belfry_model::Edition;
use belfry_storage::Acceptance;
use belfry_tenancy::policies;

use crate::member::{Anybody, Member};

/// Of those accepted, the latest.
const SHOWN: u64 = 50;

pub(crate) async fn get(member: Member<Anybody>) -> HttpResponse {
    show(&member, false).await
}

/// `changed`: what they read is not what holds any more.
async fn show(member: &Member<Anybody>, changed: bool) -> HttpResponse {
    let status = if changed { StatusCode::CONFLICT } else { StatusCode::OK };
    match view(member, changed).await {
        Ok(view) => member.respond_with(status, &view),
        Err(error) => member.broken(&error),
    }
}

async fn view(member: &Member<Anybody>, changed: bool) -> belfry_tenancy::Result<OwnPoliciesView> {
    let (tenancy, tenant, language) = (member.tenancy(), &member.tenant, member.page.language.code());
    let me = member.staff.id;
    let mut due = Vec::new();
    for (policy, edition) in policies::due(tenancy, tenant.scope(), me).await? {
        let Some((entry, document)) = policies::at(tenancy, tenant, policy, edition, language).await? else {
            continue;
        };
        due.push(DuePolicyPart {
            policy: policy.to_string(),
            title: document.title,
            edition: edition.to_string(),
            since: entry.since,
            html: document.html,
            changes: format!("/about/{policy}/{edition}/changes"),
        });
    }
    let accepted = policies::accepted(tenancy, tenant.scope(), Some(me), 0, SHOWN).await?;
    Ok(OwnPoliciesView {
        agency: tenant.name.clone(),
        due,
        accepted: accepted
            .into_iter()
            .map(|one| row(one, language))
            .collect::<belfry_tenancy::Result<_>>()?,
        changed,
    })
}

pub(crate) fn row(one: Acceptance, language: &str) -> belfry_tenancy::Result<AcceptedRow> {
    let edition = Edition { baseline: one.baseline, addition: one.addition };
    let title = match one.policy.parse() {
        Ok(policy) => policies::title(policy, language)?,
        Err(_) => one.policy.clone(),
    };
    Ok(AcceptedRow {
        name: if one.display_name.is_empty() { one.email } else { one.display_name },
        title,
        href: format!("/about/{}/{edition}", one.policy),
        edition: edition.to_string(),
        at: one.accepted_at,
    })
}
