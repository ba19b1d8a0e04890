//! `GET /admin/usage`: what the agency uses and how much it may, for all of its people.

use actix_web::{HttpResponse, web};
use belfry_edge::view::{Gauge, OwnUsageView, Plot};
use belfry_tenancy::usage;

use crate::member::{Anybody, Member};
use crate::quota_form::Period;

pub(super) async fn get(member: Member<Anybody>, period: web::Query<Period>) -> HttpResponse {
    match view(&member, period.days()).await {
        Ok(view) => member.respond(&view),
        Err(error) => member.broken(&error),
    }
}

async fn view(member: &Member<Anybody>, days: u32) -> belfry_tenancy::Result<OwnUsageView> {
    let tenancy = member.tenancy();
    let (used, quota) = usage::own(tenancy, member.scope()).await?;
    let plots = Plot::all(&usage::own_days(tenancy, member.scope(), days).await?, &quota);
    let gauges = Gauge::all(&used, &quota, member.platform.settings.usage.warning_percent);
    Ok(OwnUsageView { agency: member.tenant.name.clone(), gauges, days, plots })
}
