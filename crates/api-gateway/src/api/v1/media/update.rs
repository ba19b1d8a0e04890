//! `PUT /api/v1/media/{id}`: its description and focus.

use actix_web::{HttpResponse, web};
use belfry_model::MediaId;

use super::create::{Request, focus};
use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::id::PathId;
use crate::api::scope::WriteMedia;
use crate::api::{ApiError, Params};

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteMedia>,
    PathId(id): PathId<MediaId>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let Request { description, focus: point } = params.values;
    let point = focus(point.as_deref())?;
    let media = gateway.social.media_describe(&me.poster(), id, description, point).await?;
    Ok(HttpResponse::Ok().json(gateway.present(&me.tenant).media(&media)))
}
