//! `GET /api/v1/statuses/{id}`.

use actix_web::{HttpResponse, web};
use belfry_model::StatusId;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Visitor;
use crate::api::id::PathId;
use crate::api::scope::ReadStatuses;

pub async fn handle(
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadStatuses>,
    PathId(id): PathId<StatusId>,
) -> Result<HttpResponse, ApiError> {
    let status = gateway.social.status_fetch(visitor.viewer(), id).await?;
    Ok(HttpResponse::Ok().json(gateway.present(&visitor.tenant).status(&status)))
}
