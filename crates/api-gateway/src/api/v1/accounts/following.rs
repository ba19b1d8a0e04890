//! `GET /api/v1/accounts/{id}/following`.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_model::ActorId;

use crate::Gateway;
use crate::api::auth::Visitor;
use crate::api::id::PathId;
use crate::api::page::{Ends, PageParams, paged};
use crate::api::scope::ReadAccounts;
use crate::api::{ApiError, Params};

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadAccounts>,
    PathId(id): PathId<ActorId>,
    params: Params<PageParams>,
) -> Result<HttpResponse, ApiError> {
    let page = params.values.page(40, 80);
    let listed = gateway.social.account_following(visitor.viewer(), id, page).await?;
    let present = gateway.present(&visitor.tenant);
    let ends = Ends::of(listed.iter().map(|listed| listed.cursor));
    Ok(paged(&request, &present.origin, &present.listed(&listed), ends))
}
