//! `GET /api/v1/accounts/{id}`.

use actix_web::{HttpResponse, web};
use belfry_model::ActorId;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Visitor;
use crate::api::id::PathId;
use crate::api::scope::ReadAccounts;

pub async fn handle(
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadAccounts>,
    PathId(id): PathId<ActorId>,
) -> Result<HttpResponse, ApiError> {
    let account = gateway.social.account_fetch(visitor.viewer(), id).await?;
    Ok(HttpResponse::Ok().json(gateway.present(&visitor.tenant).account(&account)))
}
