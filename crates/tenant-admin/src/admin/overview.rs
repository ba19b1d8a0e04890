//! `GET /admin`: what somebody who signed in may do here, and the agency's accounts.

use actix_web::HttpResponse;
use belfry_edge::view::{AccountCard, AdminView, Closure, DeliveryTile, Gauge};
use belfry_model::Permission;
use belfry_social::delivery;
use belfry_tenancy::usage::Level;
use belfry_tenancy::{account, notice, policies, usage};

use super::notices;
use crate::member::{Anybody, Member};

pub(super) async fn get(member: Member<Anybody>) -> HttpResponse {
    match tile(&member).await {
        Ok(deliveries) => match view(&member, deliveries).await {
            Ok(view) => member.respond(&view),
            Err(error) => member.broken(&error),
        },
        Err(error) => member.broken(&error),
    }
}

async fn tile(member: &Member<Anybody>) -> belfry_social::Result<DeliveryTile> {
    let (waiting, refused) = delivery::recent_sums(member.platform.app(), member.scope()).await?;
    Ok(DeliveryTile { waiting, refused })
}

async fn view(member: &Member<Anybody>, deliveries: DeliveryTile) -> belfry_tenancy::Result<AdminView> {
    let (tenancy, scope, tenant, staff) = (member.tenancy(), member.scope(), &member.tenant, &member.staff);
    let accounts = account::list(tenancy, scope).await?;
    let open = notice::open(tenancy, scope).await?;
    let (used, quota) = usage::own(tenancy, scope).await?;
    let gauges = Gauge::all(&used, &quota, member.platform.settings.usage.warning_percent);
    let due = policies::due(tenancy, scope, staff.id).await?;
    let closure = member.platform.app().suspension_fetch(tenant.id).await?;
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
        deliveries,
        warnings: gauges.into_iter().filter(|gauge| gauge.level > Level::Fine).collect(),
        notices: open.into_iter().map(notices::item).collect(),
        wipe_on: tenant.wipe_on,
        to_accept: staff.may(Permission::Post) && !due.is_empty(),
        accounts: accounts.iter().map(|row| AccountCard::new(row, None, member.platform.names())).collect(),
    })
}
