//! `GET /api/v1/instance/terms_of_service`, and `/{date}`: what people with an account here agree to,
//! which is the social media policy. 404 where there is none, or none from that day.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_model::{PolicyKind, Tenant};
use belfry_tenancy::policies::{self, Entry};
use chrono::NaiveDate;
use serde::Serialize;

use super::asked_language;
use crate::Gateway;
use crate::api::ApiError;
use crate::api::entity::Date;

/// Which of our policies it is.
pub const TERMS: PolicyKind = PolicyKind::SocialMedia;

#[derive(Debug, Serialize)]
struct TermsOfService {
    effective_date: Date,
    effective: bool,
    /// HTML.
    content: String,
    /// From when another version holds.
    succeeded_by: Option<Date>,
}

pub async fn current(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
) -> Result<HttpResponse, ApiError> {
    let language = asked_language(&request, &tenant);
    let now = gateway.platform.tenancy.clock.now();
    answer(&gateway, &tenant, language, |entries| entries.iter().rev().find(|entry| entry.since <= now)).await
}

/// The last that began to hold on that day.
pub async fn dated(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
    date: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let language = asked_language(&request, &tenant);
    let date: NaiveDate = date.parse().map_err(|_| ApiError::NotFound)?;
    answer(&gateway, &tenant, language, |entries| {
        entries.iter().rev().find(|entry| entry.effective_on == date)
    })
    .await
}

async fn answer(
    gateway: &Gateway,
    tenant: &Tenant,
    language: &'static str,
    which: impl Fn(&[Entry]) -> Option<&Entry>,
) -> Result<HttpResponse, ApiError> {
    let tenancy = &gateway.platform.tenancy;
    let internal = |error: belfry_tenancy::Error| ApiError::internal(&error);
    let entries = policies::history(tenancy, tenant.scope(), TERMS).await.map_err(internal)?;
    let entry = which(&entries).ok_or(ApiError::NotFound)?;
    let found = policies::at(tenancy, tenant, TERMS, entry.edition, language).await.map_err(internal)?;
    let (_, document) = found.ok_or(ApiError::NotFound)?;
    let next = entries.iter().find(|later| later.since > entry.since);
    Ok(HttpResponse::Ok().json(TermsOfService {
        effective_date: Date(entry.effective_on),
        effective: entry.since <= tenancy.clock.now(),
        content: document.html,
        succeeded_by: next.map(|next| Date(next.effective_on)),
    }))
}
