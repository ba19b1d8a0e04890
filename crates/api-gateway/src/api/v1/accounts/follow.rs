//! `POST /api/v1/accounts/{id}/follow`: again, it changes what is wanted of the follow.

use actix_web::{HttpResponse, web};
use belfry_model::ActorId;
use serde::Deserialize;

use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::entity::Relationship;
use crate::api::id::PathId;
use crate::api::scope::WriteFollows;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    reblogs: Option<bool>,
    notify: Option<bool>,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteFollows>,
    PathId(id): PathId<ActorId>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let Request { reblogs, notify } = params.values;
    let relationship = gateway.social.follow(&me.poster(), id, reblogs, notify).await?;
    Ok(HttpResponse::Ok().json(Relationship::new(&relationship)))
}
