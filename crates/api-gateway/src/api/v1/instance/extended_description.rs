//! `GET /api/v1/instance/extended_description`: the tenant's own words about itself, its imprint
//! and where its policies are.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_tenancy::{about, policies};
use serde::Serialize;

use super::asked_language;
use crate::Gateway;
use crate::api::ApiError;
use crate::api::entity::Timestamp;

#[derive(Debug, Serialize)]
struct ExtendedDescription {
    updated_at: Timestamp,
    /// HTML.
    content: String,
}

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
) -> Result<HttpResponse, ApiError> {
    let tenancy = &gateway.platform.tenancy;
    let internal = |error: belfry_tenancy::Error| ApiError::internal(&error);
    let setting = about::about(tenancy, &tenant).await.map_err(internal)?.setting;
    let language = asked_language(&request, &tenant);
    let more = policies::extended(tenancy, &tenant, language).await.map_err(internal)?;
    let origin = gateway.platform.origin(&tenant);
    let words = belfry_social::text::render(&setting.description, &[], &origin);
    let (more, since) = more.map_or((String::new(), None), |(html, since)| (html, Some(since)));
    Ok(HttpResponse::Ok().json(ExtendedDescription {
        updated_at: Timestamp(since.map_or(setting.updated_at, |since| since.max(setting.updated_at))),
        content: words + &more,
    }))
}
