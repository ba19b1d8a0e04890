//! `POST /api/v1/notifications/{id}/dismiss`.

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Authorised;
use crate::api::id::PathId;
use crate::api::scope::WriteNotifications;

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteNotifications>,
    PathId(id): PathId<i64>,
) -> Result<HttpResponse, ApiError> {
    gateway.social.notification_dismiss(&me.poster(), id).await?;
    Ok(HttpResponse::Ok().json(json!({})))
}
