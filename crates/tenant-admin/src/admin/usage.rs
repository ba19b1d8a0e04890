//! `GET /admin/usage`: what the agency uses and how much it may, for all of its people.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{Gauge, OwnUsageView, Plot};
use belfry_edge::{Page, TenantHost};
use belfry_tenancy::usage;

use crate::quota_form::Period;

pub(super) async fn get(page: Page, tenant: TenantHost, period: web::Query<Period>) -> HttpResponse {
    if page.signed_in.is_none() {
        return page.redirect_to_sign_in();
    }
    match view(&page, &tenant, period.days()).await {
        Ok(view) => page.respond(&view),
        Err(error) => page.broken(&error),
    }
}

async fn view(page: &Page, tenant: &TenantHost, days: u32) -> belfry_tenancy::Result<OwnUsageView> {
    let tenancy = &page.platform.tenancy;
    let (used, quota) = usage::own(tenancy, tenant.scope()).await?;
    let plots = Plot::all(&usage::own_days(tenancy, tenant.scope(), days).await?, &quota);
    let gauges = Gauge::all(&used, &quota, page.platform.settings.usage.warning_percent);
    Ok(OwnUsageView { agency: tenant.name.clone(), gauges, days, plots })
}
