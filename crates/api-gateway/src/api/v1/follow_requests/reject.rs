//! `POST /api/v1/follow_requests/{id}/reject`. The id is the account's.

use actix_web::{HttpResponse, web};
use belfry_model::ActorId;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Authorised;
use crate::api::entity::Relationship;
use crate::api::id::PathId;
use crate::api::scope::WriteFollows;

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteFollows>,
    PathId(id): PathId<ActorId>,
) -> Result<HttpResponse, ApiError> {
    let relationship = gateway.social.follow_request_reject(&me.poster(), id).await?;
    Ok(HttpResponse::Ok().json(Relationship::new(&relationship)))
}
