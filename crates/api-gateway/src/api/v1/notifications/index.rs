//! `GET /api/v1/notifications`.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_model::ActorId;
use belfry_social::notification::NotificationFilter;
use serde::Deserialize;

use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::entity::Notification;
use crate::api::page::{Ends, PageParams, paged};
use crate::api::scope::ReadNotifications;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    #[serde(flatten)]
    page: PageParams,
    types: Vec<String>,
    exclude_types: Vec<String>,
    account_id: Option<String>,
}

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    me: Authorised<ReadNotifications>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let params = params.values;
    let page = params.page.page(40, 80);
    let from = match params.account_id.as_deref() {
        None | Some("") => None,
        Some(id) => Some(id.parse::<ActorId>().map_err(|_| ApiError::NotFound)?),
    };
    let filter = NotificationFilter { kinds: params.types, without: params.exclude_types, from };
    let notifications = gateway.social.notification_list(&me.poster(), &filter, page).await?;
    let present = gateway.present(&me.tenant);
    let ends = Ends::of(notifications.iter().map(|notification| notification.row.id));
    let items: Vec<_> = notifications.iter().map(|view| Notification::new(view, &present)).collect();
    Ok(paged(&request, &present.origin, &items, ends))
}
