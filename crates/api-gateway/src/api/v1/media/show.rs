//! `GET /api/v1/media/{id}`: one's own upload.

use actix_web::{HttpResponse, web};
use belfry_model::MediaId;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Authorised;
use crate::api::id::PathId;
use crate::api::scope::WriteMedia;

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteMedia>,
    PathId(id): PathId<MediaId>,
) -> Result<HttpResponse, ApiError> {
    let media = gateway.social.media_fetch(&me.poster(), id).await?;
    Ok(HttpResponse::Ok().json(gateway.present(&me.tenant).media(&media)))
}
