//! `GET /api/belfry/v1/statuses/{id}/delivery`: how far a post of one's own has come.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use belfry_model::StatusId;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Authorised;
use crate::api::entity::Delivery;
use crate::api::error::Body;
use crate::api::id::PathId;
use crate::api::scope::ReadStatuses;

/// Servers of each state: more than anybody reads, and a bounded answer.
const HOSTS: u32 = 50;

/// How far a post or boost has come
///
/// For the account that wrote it. The counts are those of the version that stands: the newest
/// `Create`, `Update` or `Announce`; a server that has taken it has the post as it is now. Every
/// server is counted once, in one of `taken`, `waiting`, `under_way`, `refused`, `gone` and
/// `withdrawn`. While the post is still being fanned out, `servers` grows. Some days after it has
/// ended the record is forgotten: then `activities` is empty and everything is zero.
#[utoipa::path(
    get,
    path = "/api/belfry/v1/statuses/{id}/delivery",
    operation_id = "statusDelivery",
    tag = "statuses",
    params(("id" = String, Path, description = "The post's id.", example = "116003141592653589")),
    responses(
        (status = 200, description = "How far it has come now; ask again until it is `complete`.", body = Delivery),
        (status = 401, description = "No access token, or none of this host's agency.", body = Body),
        (status = 403, description = "The token does not cover `read:statuses`.", body = Body),
        (status = 404, description = "The token's account has no such post.", body = Body),
        (status = 429, description = "Too many requests: wait for `Retry-After` seconds.", body = Body),
    ),
    security(("token" = ["read:statuses"])),
)]
pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<ReadStatuses>,
    PathId(id): PathId<StatusId>,
) -> Result<HttpResponse, ApiError> {
    let delivery = gateway.social.status_delivery(&me.poster(), id, HOSTS).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(Delivery::new(id, delivery)))
}
