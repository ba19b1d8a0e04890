//! `GET /api/v1/statuses/{id}/context`: the thread around a post.

use actix_web::{HttpResponse, web};
use belfry_model::StatusId;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Visitor;
use crate::api::entity::Context;
use crate::api::id::PathId;
use crate::api::scope::ReadStatuses;

pub async fn handle(
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadStatuses>,
    PathId(id): PathId<StatusId>,
) -> Result<HttpResponse, ApiError> {
    let context = gateway.social.status_context(visitor.viewer(), id).await?;
    let present = gateway.present(&visitor.tenant);
    Ok(HttpResponse::Ok().json(Context {
        ancestors: present.statuses(&context.ancestors),
        descendants: present.statuses(&context.descendants),
    }))
}
