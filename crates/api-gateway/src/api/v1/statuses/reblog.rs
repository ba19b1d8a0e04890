//! `POST /api/v1/statuses/{id}/reblog`: boosts it, once; the answer is the boost.

use actix_web::{HttpResponse, web};
use belfry_model::{StatusId, Visibility};
use serde::Deserialize;

use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::id::PathId;
use crate::api::scope::WriteStatuses;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    visibility: Option<Visibility>,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteStatuses>,
    PathId(id): PathId<StatusId>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let visibility = params.values.visibility.unwrap_or(Visibility::Public);
    let boost = gateway.social.status_reblog(&me.poster(), id, visibility).await?;
    Ok(HttpResponse::Ok().json(gateway.present(&me.tenant).status(&boost)))
}
