//! `GET /api/v1/instance/privacy_policy`: the privacy policy that holds. 404 before there is one.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_edge::TenantHost;
use belfry_model::PolicyKind;
use belfry_tenancy::policies;
use serde::Serialize;

use super::asked_language;
use crate::Gateway;
use crate::api::ApiError;
use crate::api::entity::Timestamp;

#[derive(Debug, Serialize)]
struct PrivacyPolicy {
    updated_at: Timestamp,
    /// HTML.
    content: String,
}

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    TenantHost(tenant): TenantHost,
) -> Result<HttpResponse, ApiError> {
    let language = asked_language(&request, &tenant);
    let found = policies::in_force(&gateway.platform.tenancy, &tenant, PolicyKind::Privacy, language).await;
    let (entry, document) = found.map_err(|error| ApiError::internal(&error))?.ok_or(ApiError::NotFound)?;
    Ok(HttpResponse::Ok().json(PrivacyPolicy { updated_at: Timestamp(entry.since), content: document.html }))
}
