//! `GET /api/belfry/v1/tenants/{slug}/accounts`

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::AccountEntity;
use crate::api::auth::{Governs, Read};
use crate::api::{ApiError, error, tenant};

/// More than agencies have.
const LIMIT: u64 = 1000;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Accounts {
    accounts: Vec<AccountEntity>,
}

/// A namespace's accounts, by name: the first thousand.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/tenants/{slug}/accounts",
    tag = "accounts",
    security(("token" = ["govern:read"])),
    params(("slug" = String, Path)),
    responses((status = 200, body = Accounts), (status = 404, body = error::Body)),
)]
pub async fn handle(governs: Governs<Read>, slug: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let tenant = tenant(&governs, &slug)?;
    let rows = governs.admin().public_account_list_of(tenant.id, LIMIT).await;
    let rows = rows.map_err(|error| ApiError::internal(&error))?;
    let names = &governs.tenancy().names;
    let accounts = rows.into_iter().map(|row| AccountEntity::of(row, &tenant, names)).collect();
    Ok(HttpResponse::Ok().json(Accounts { accounts }))
}
