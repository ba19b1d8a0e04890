//! `GET /api/v1/notifications/{id}`.

use actix_web::{HttpResponse, web};

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Authorised;
use crate::api::entity::Notification;
use crate::api::id::PathId;
use crate::api::scope::ReadNotifications;

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<ReadNotifications>,
    PathId(id): PathId<i64>,
) -> Result<HttpResponse, ApiError> {
    let notification = gateway.social.notification_fetch(&me.poster(), id).await?;
    Ok(HttpResponse::Ok().json(Notification::new(&notification, &gateway.present(&me.tenant))))
}
