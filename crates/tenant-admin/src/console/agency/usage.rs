//! `/console/agencies/{slug}/usage`: what one agency uses, and its plan.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use belfry_edge::view::{AgencyUsageView, ErrorKind, Gauge, Plot, Room, Tab};
use belfry_model::{Tenant, Usage};
use belfry_tenancy::usage::{self, QuotaError};

use super::{path, tenant};
use crate::console::agencies::row;
use crate::lead::{Lead, LeadForm};
use crate::quota_form::{Period, TypedQuota};

pub(crate) async fn get(lead: Lead, slug: web::Path<String>, period: web::Query<Period>) -> HttpResponse {
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    show(&lead, &tenant, &period, None).await
}

pub(crate) async fn post(slug: web::Path<String>, sent: LeadForm<TypedQuota>) -> HttpResponse {
    let LeadForm { form, lead } = sent;
    let Some(tenant) = tenant(&lead, &slug) else { return lead.error(ErrorKind::NotFound) };
    let Ok(quota) = form.chosen() else { return show(&lead, &tenant, &Period::default(), Some(&form)).await };
    let by = lead.by.clone().because(&form.reason);
    match usage::quota_set(lead.admin(), &tenant, quota, &by).await {
        Ok(_) => lead.redirect(&format!("{}/usage?saved=1", path(&tenant))),
        Err(QuotaError::Unfit(_)) => show(&lead, &tenant, &Period::default(), Some(&form)).await,
        Err(QuotaError::Internal(error)) => lead.broken(&error),
    }
}

/// With what was typed and can't be, or as it is.
async fn show(lead: &Lead, tenant: &Tenant, period: &Period, typed: Option<&TypedQuota>) -> HttpResponse {
    match view(lead, tenant, period, typed).await {
        Ok(view) if typed.is_some() => lead.respond_with(StatusCode::UNPROCESSABLE_ENTITY, &view),
        Ok(view) => lead.respond(&view),
        Err(error) => lead.broken(&error),
    }
}

async fn view(
    lead: &Lead,
    tenant: &Tenant,
    period: &Period,
    typed: Option<&TypedQuota>,
) -> belfry_tenancy::Result<AgencyUsageView> {
    let now = lead.tenancy().clock.now();
    let warning = lead.platform.settings.usage.warning_percent;
    let (used, quota) = usage::now(lead.admin(), tenant, now).await?;
    let days = usage::days(lead.admin(), tenant, now, period.days()).await?;
    let (own, default) = (lead.admin().quota_fetch(tenant.id).await?, lead.admin().quota_default().await?);
    let action = format!("{}/usage", path(tenant));
    let form = match typed {
        Some(typed) => typed.view(action, Some(typed.is_own())),
        None => TypedQuota::of(&quota).view(action, Some(own.is_some())),
    };
    Ok(AgencyUsageView {
        room: Room::Agencies,
        tab: Tab::Usage,
        tenant: row(lead.platform.names(), tenant),
        gauges: Gauge::all(&used, &quota, warning),
        days: period.days(),
        plots: Plot::all(&days, &quota),
        form,
        default_plan: Gauge::all(&Usage::default(), &default, warning),
        saved: period.saved == "1",
    })
}
