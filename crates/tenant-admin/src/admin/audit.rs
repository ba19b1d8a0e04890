//! `GET /admin/audit` and `/admin/audit.csv`: what was done at this agency and about it. For those
//! who administer, and for its records officers.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{AgencyAuditView, ErrorKind};
use belfry_edge::{Page, TenantHost};
use belfry_storage::Act;

use crate::acts::{self, PER_FILE, PER_PAGE, Query};

pub(super) async fn get(page: Page, tenant: TenantHost, query: web::Query<Query>) -> HttpResponse {
    if let Some(refused) = refusal(&page) {
        return refused;
    }
    match search(&page, &tenant, &query, PER_PAGE + 1).await {
        Ok(found) => page.respond(&AgencyAuditView {
            agency: tenant.name.clone(),
            found: query.found("/admin/audit", found, page.platform.directory()),
        }),
        Err(error) => page.broken(&error),
    }
}

pub(super) async fn csv(page: Page, tenant: TenantHost, query: web::Query<Query>) -> HttpResponse {
    if let Some(refused) = refusal(&page) {
        return refused;
    }
    match search(&page, &tenant, &query, PER_FILE).await {
        Ok(found) => acts::csv(found, page.platform.directory(), page.platform.clock().now())
            .unwrap_or_else(|error| page.broken(&error)),
        Err(error) => page.broken(&error),
    }
}

fn refusal(page: &Page) -> Option<HttpResponse> {
    match &page.signed_in {
        None => Some(page.redirect_to_sign_in()),
        Some(signed_in) if signed_in.staff.role.audits() => None,
        Some(_) => Some(page.error(ErrorKind::Forbidden)),
    }
}

async fn search(
    page: &Page,
    tenant: &TenantHost,
    query: &Query,
    limit: u32,
) -> belfry_storage::Result<Vec<Act>> {
    let tx = page.platform.app().tenant(tenant.scope()).await?;
    let found = tx.audit_search(&query.filter(), limit).await?;
    tx.commit().await?;
    Ok(found)
}
