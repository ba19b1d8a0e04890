//! `GET /about/{policy}/{edition}/changes`: what changed from the edition before, or from `?from=`.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, PolicyChangesView, changed_lines};
use belfry_edge::{Page, TenantHost};
use belfry_model::{Edition, PolicyKind};
use belfry_tenancy::policies;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    from: String,
}

pub(crate) async fn get(
    page: Page,
    tenant: TenantHost,
    path: web::Path<(String, String)>,
    query: web::Query<Query>,
) -> HttpResponse {
    let (Ok(policy), Ok(edition)) = (path.0.parse::<PolicyKind>(), path.1.parse::<Edition>()) else {
        return page.error(ErrorKind::NotFound);
    };
    let (tenancy, language) = (&page.platform.tenancy, page.language.code());
    let from = query.from.parse().ok();
    let read = async {
        let changes = policies::changes(tenancy, &tenant, policy, edition, from, language).await?;
        Ok::<_, belfry_tenancy::Error>((changes, policies::title(policy, language)?))
    };
    match read.await {
        Ok((Some((before, lines)), title)) => page.respond(&PolicyChangesView {
            agency: tenant.name.clone(),
            title,
            edition: edition.to_string(),
            before: before.map(|before| before.to_string()),
            this: format!("/about/{policy}/{edition}"),
            versions: format!("/about/{policy}/versions"),
            lines: changed_lines(lines),
        }),
        Ok((None, _)) => page.error(ErrorKind::NotFound),
        Err(error) => page.broken(&error),
    }
}
