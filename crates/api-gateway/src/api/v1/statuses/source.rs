//! `GET /api/v1/statuses/{id}/source`: what its author typed.

use actix_web::{HttpResponse, web};
use belfry_model::StatusId;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Authorised;
use crate::api::entity::StatusSource;
use crate::api::id::PathId;
use crate::api::scope::ReadStatuses;

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<ReadStatuses>,
    PathId(id): PathId<StatusId>,
) -> Result<HttpResponse, ApiError> {
    let source = gateway.social.status_source(&me.poster(), id).await?;
    Ok(HttpResponse::Ok().json(StatusSource {
        id: source.id.to_string(),
        text: source.text,
        spoiler_text: source.spoiler_text,
    }))
}
