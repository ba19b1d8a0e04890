//! `POST /api/belfry/v1/baseline/imports`

use actix_web::HttpResponse;
use belfry_tenancy::baseline::import;
use serde::Deserialize;

use super::{ImportPreview, failed};
use crate::api::auth::{Call, Write};
use crate::api::{ApiError, error};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewImport {
    /// The CSV that Mastodon exports, or one domain a line.
    #[schema(example = "#domain,#severity\nbad.example,suspend\n")]
    list: String,
}

/// Keeps a list and answers what it comes to. Nothing applies yet.
#[utoipa::path(
    post,
    path = "/api/belfry/v1/baseline/imports",
    tag = "baseline",
    security(("token" = ["govern:write"])),
    request_body = NewImport,
    responses(
        (status = 200, body = ImportPreview),
        (status = 422, body = error::Body, description = "The list can't be read, or is too large"),
    ),
)]
pub async fn handle(call: Call<Write, NewImport>) -> Result<HttpResponse, ApiError> {
    let Call { governs, body } = call;
    let (tenancy, admin) = (governs.tenancy(), governs.admin());
    let id = import::receive(tenancy, admin, "", &body.list).await.map_err(failed)?;
    let seen = import::preview(tenancy, admin, id).await.map_err(failed)?;
    let (_, preview) = seen.ok_or(ApiError::NotFound)?;
    Ok(HttpResponse::Ok().json(ImportPreview::of(id, preview)))
}
