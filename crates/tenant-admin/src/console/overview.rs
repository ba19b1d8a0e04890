//! `GET /console`: every namespace and where it stands.

use actix_web::HttpResponse;
use belfry_edge::Page;
use belfry_edge::view::{ConsoleView, TenantRow};
use belfry_model::{PlatformNames, Tenant};

pub(super) async fn get(page: Page) -> HttpResponse {
    if page.signed_in.is_none() {
        return page.redirect_to_sign_in();
    }
    let names = page.platform.names();
    let tenants = page.platform.directory().list();
    page.respond(&ConsoleView {
        shared_domain: names.shared_domain.to_string(),
        tenants: tenants.iter().map(|tenant| row(names, tenant)).collect(),
    })
}

fn row(names: &PlatformNames, tenant: &Tenant) -> TenantRow {
    TenantRow {
        slug: tenant.slug.to_string(),
        name: tenant.name.clone(),
        host: tenant.host.to_string(),
        href: names.origin(tenant).at("/"),
        state: tenant.state,
        phase: tenant.phase,
        is_lead: tenant.is_lead,
    }
}
