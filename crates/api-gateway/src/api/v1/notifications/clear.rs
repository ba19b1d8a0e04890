//! `POST /api/v1/notifications/clear`: all of them.

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Authorised;
use crate::api::scope::WriteNotifications;

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteNotifications>,
) -> Result<HttpResponse, ApiError> {
    gateway.social.notification_clear(&me.poster()).await?;
    Ok(HttpResponse::Ok().json(json!({})))
}
