//! `POST /api/v1/statuses/{id}/favourite`: likes it, once.

use actix_web::{HttpResponse, web};
use belfry_model::StatusId;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Authorised;
use crate::api::id::PathId;
use crate::api::scope::WriteFavourites;

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteFavourites>,
    PathId(id): PathId<StatusId>,
) -> Result<HttpResponse, ApiError> {
    let status = gateway.social.status_favourite(&me.poster(), id).await?;
    Ok(HttpResponse::Ok().json(gateway.present(&me.tenant).status(&status)))
}
