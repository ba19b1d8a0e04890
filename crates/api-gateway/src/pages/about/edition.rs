//! `GET /about/{policy}/{edition}`: what held once, or is announced.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_edge::{Page, TenantHost};
use belfry_model::{Edition, PolicyKind};
use belfry_tenancy::policies;

use super::view;

pub(crate) async fn get(page: Page, tenant: TenantHost, path: web::Path<(String, String)>) -> HttpResponse {
    let (Ok(policy), Ok(edition)) = (path.0.parse::<PolicyKind>(), path.1.parse::<Edition>()) else {
        return page.error(ErrorKind::NotFound);
    };
    let tenancy = &page.platform.tenancy;
    let read = async {
        let shown = policies::at(tenancy, &tenant, policy, edition, page.language.code()).await?;
        Ok::<_, belfry_tenancy::Error>((shown, policies::history(tenancy, tenant.scope(), policy).await?))
    };
    match read.await {
        Ok((Some(shown), history)) => {
            let clock = tenancy.clock.now();
            let now = history.iter().rev().find(|entry| entry.since <= clock).unwrap_or(&shown.0).clone();
            page.respond(&view(&tenant, &page, policy, shown, &now))
        }
        Ok((None, _)) => page.error(ErrorKind::NotFound),
        Err(error) => page.broken(&error),
    }
}
