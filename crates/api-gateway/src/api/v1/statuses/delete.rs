//! `DELETE /api/v1/statuses/{id}`. The answer has the text as typed, for redrafting.

use actix_web::{HttpResponse, web};
use belfry_model::StatusId;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Authorised;
use crate::api::entity::Status;
use crate::api::id::PathId;
use crate::api::scope::WriteStatuses;

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteStatuses>,
    PathId(id): PathId<StatusId>,
) -> Result<HttpResponse, ApiError> {
    let was = gateway.social.status_delete(&me.poster(), id).await?;
    let entity = gateway.present(&me.tenant).status(&was);
    Ok(HttpResponse::Ok().json(Status { text: Some(was.row.text), ..entity }))
}
