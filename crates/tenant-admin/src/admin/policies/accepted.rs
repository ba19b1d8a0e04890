//! `GET /admin/policies/accepted`: who accepted what, and who may not post until they do.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{AcceptancesView, WaitingPerson};
use belfry_tenancy::policies;
use serde::Deserialize;

use crate::account::policies::row;
use crate::member::{ManagesStaff, Member};

const PATH: &str = "/admin/policies/accepted";
const PER_PAGE: u64 = 50;

#[derive(Debug, Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    page: String,
}

pub(crate) async fn get(member: Member<ManagesStaff>, query: web::Query<Query>) -> HttpResponse {
    match view(&member, query.page.parse().unwrap_or(1).max(1)).await {
        Ok(view) => member.respond(&view),
        Err(error) => member.broken(&error),
    }
}

async fn view(member: &Member<ManagesStaff>, page: u64) -> belfry_tenancy::Result<AcceptancesView> {
    let (tenancy, scope, language) = (member.tenancy(), member.scope(), member.page.language.code());
    let offset = PER_PAGE.saturating_mul(page - 1);
    let mut accepted = policies::accepted(tenancy, scope, None, offset, PER_PAGE + 1).await?;
    let more = accepted.len() as u64 > PER_PAGE;
    accepted.truncate(usize::try_from(PER_PAGE).unwrap_or(usize::MAX));
    let mut waiting = Vec::new();
    for one in policies::waiting(tenancy, scope).await? {
        let named = one.policies.iter().map(|(policy, edition)| {
            policies::title(*policy, language).map(|title| format!("{title} {edition}"))
        });
        waiting.push(WaitingPerson {
            name: if one.staff.display_name.is_empty() {
                one.staff.email.clone()
            } else {
                one.staff.display_name
            },
            email: one.staff.email,
            policies: named.collect::<belfry_tenancy::Result<_>>()?,
        });
    }
    Ok(AcceptancesView {
        agency: member.tenant.name.clone(),
        waiting,
        accepted: accepted
            .into_iter()
            .map(|one| row(one, language))
            .collect::<belfry_tenancy::Result<_>>()?,
        newer: (page > 1).then(|| format!("{PATH}?page={}", page - 1)),
        older: more.then(|| format!("{PATH}?page={}", page + 1)),
    })
}
