//! `GET /about/{policy}`: what holds now.

use actix_web::{HttpResponse, web};
use belfry_edge::view::ErrorKind;
use belfry_edge::{Page, TenantHost};
use belfry_model::PolicyKind;
use belfry_tenancy::policies;

use super::view;

pub(crate) async fn get(page: Page, tenant: TenantHost, policy: web::Path<String>) -> HttpResponse {
    let Ok(policy) = policy.parse::<PolicyKind>() else { return page.error(ErrorKind::NotFound) };
    match policies::in_force(&page.platform.tenancy, &tenant, policy, page.language.code()).await {
        Ok(Some((entry, document))) => {
            let now = entry.clone();
            page.respond(&view(&tenant, &page, policy, (entry, document), &now))
        }
        Ok(None) => page.error(ErrorKind::NotFound),
        Err(error) => page.broken(&error),
    }
}
