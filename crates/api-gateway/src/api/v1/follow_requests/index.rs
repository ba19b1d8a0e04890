//! `GET /api/v1/follow_requests`: who waits for an answer.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::page::{Ends, PageParams, paged};
use crate::api::scope::ReadFollows;
use crate::api::{ApiError, Params};

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    me: Authorised<ReadFollows>,
    params: Params<PageParams>,
) -> Result<HttpResponse, ApiError> {
    let listed = gateway.social.follow_request_list(&me.poster(), params.values.page(40, 80)).await?;
    let present = gateway.present(&me.tenant);
    let ends = Ends::of(listed.iter().map(|listed| listed.cursor));
    Ok(paged(&request, &present.origin, &present.listed(&listed), ends))
}
