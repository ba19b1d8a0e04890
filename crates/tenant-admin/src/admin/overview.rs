//! `GET /admin`: what somebody who signed in may do here, and the agency's accounts.

use actix_web::HttpResponse;
use belfry_edge::view::{AccountCard, AdminView, Closure, DeliveryTile, Gauge};
use belfry_edge::{Page, SignedIn, TenantHost};
use belfry_social::delivery;
use belfry_tenancy::usage::Level;
use belfry_tenancy::{account, notice, usage};

use super::notices;

pub(super) async fn get(page: Page, tenant: TenantHost) -> HttpResponse {
    match &page.signed_in {
        None => page.redirect_to_sign_in(),
        Some(signed_in) => match tile(&page, &tenant).await {
            Ok(deliveries) => match view(&page, &tenant, signed_in, deliveries).await {
                Ok(view) => page.respond(&view),
                Err(error) => page.broken(&error),
            },
            Err(error) => page.broken(&error),
        },
    }
}

async fn tile(page: &Page, tenant: &TenantHost) -> belfry_social::Result<DeliveryTile> {
    let (waiting, refused) = delivery::recent_sums(page.platform.app(), tenant.scope()).await?;
    Ok(DeliveryTile { waiting, refused })
}

async fn view(
    page: &Page,
    tenant: &TenantHost,
    signed_in: &SignedIn,
    deliveries: DeliveryTile,
) -> belfry_tenancy::Result<AdminView> {
    let accounts = account::list(&page.platform.tenancy, tenant.scope()).await?;
    let open = notice::open(&page.platform.tenancy, tenant.scope()).await?;
    let (used, quota) = usage::own(&page.platform.tenancy, tenant.scope()).await?;
    let gauges = Gauge::all(&used, &quota, page.platform.settings.usage.warning_percent);
    let staff = &signed_in.staff;
    let closure = page.platform.app().suspension_fetch(tenant.id).await?;
    Ok(AdminView {
        closure: closure.map(|closed| Closure { since: closed.since, reason: closed.reason }),
        agency: tenant.name.clone(),
        host: tenant.host.to_string(),
        state: tenant.state,
        phase: tenant.phase,
        your_name: if staff.display_name.is_empty() {
            staff.email.clone()
        } else {
            staff.display_name.clone()
        },
        your_role: staff.role,
        administers: staff.role.administers(),
        audits: staff.role.audits(),
        deliveries,
        warnings: gauges.into_iter().filter(|gauge| gauge.level > Level::Fine).collect(),
        notices: open.into_iter().map(notices::item).collect(),
        wipe_on: tenant.wipe_on,
        accounts: accounts.iter().map(|row| AccountCard::new(row, None, page.platform.names())).collect(),
    })
}
