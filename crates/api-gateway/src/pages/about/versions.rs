//! `GET /about/{policy}/versions`: every edition, the newest first, with why it came.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{ErrorKind, PolicyVersionsView, version_rows};
use belfry_edge::{Page, TenantHost};
use belfry_model::PolicyKind;
use belfry_tenancy::policies;

pub(crate) async fn get(page: Page, tenant: TenantHost, policy: web::Path<String>) -> HttpResponse {
    let Ok(policy) = policy.parse::<PolicyKind>() else { return page.error(ErrorKind::NotFound) };
    let tenancy = &page.platform.tenancy;
    let read = async {
        let history = policies::history(tenancy, tenant.scope(), policy).await?;
        Ok::<_, belfry_tenancy::Error>((history, policies::title(policy, page.language.code())?))
    };
    match read.await {
        Ok((history, _)) if history.is_empty() => page.error(ErrorKind::NotFound),
        Ok((history, title)) => page.respond(&PolicyVersionsView {
            agency: tenant.name.clone(),
            title,
            current: format!("/about/{policy}"),
            versions: version_rows(policy, history, tenancy.clock.now()),
        }),
        Err(error) => page.broken(&error),
    }
}
