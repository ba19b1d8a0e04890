//! `POST /api/belfry/v1/imports`

use actix_web::HttpResponse;
use belfry_tenancy::import;
use serde::Deserialize;

use super::ImportEntity;
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewImport {
    /// Comma-separated values whose first line names the columns: `slug`, `name`, `owner_email`, and perhaps
    /// `phase`, `language`, `body_type`, `host` and `official_handle`.
    #[schema(example = "slug,name,owner_email\nmoe,Ministry of Education,owner@moe.example\n")]
    csv: String,
    /// For the record.
    reason: Option<String>,
}

/// Checks a list: what each row would come to. Nothing is made before the list is run.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/imports",
    tag = "tenants",
    security(("token" = ["govern:write"])),
    request_body = NewImport,
    responses((status = 201, body = ImportEntity), (status = 422, body = error::Body)),
)]
pub async fn handle(call: Call<Write, NewImport>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let lines =
        import::read(body.csv.as_bytes()).map_err(|error| ApiError::Unprocessable(error.to_string()))?;
    let rows = import::check(governs.tenancy(), governs.admin(), &lines).await?;
    let by = governs.because(body.reason.as_deref());
    let id = governs
        .admin()
        .tenant_import_insert("", rows, by.actor())
        .await
        .map_err(|error| ApiError::internal(&error))?;
    Ok(HttpResponse::Created().json(ImportEntity::find(governs.admin(), &id.to_string()).await?))
}
