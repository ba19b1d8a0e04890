//! `GET /api/v1/timelines/home`.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::page::{Ends, PageParams, paged};
use crate::api::scope::ReadStatuses;
use crate::api::{ApiError, Params};

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    me: Authorised<ReadStatuses>,
    params: Params<PageParams>,
) -> Result<HttpResponse, ApiError> {
    let statuses = gateway.social.timeline_home(&me.poster(), params.values.page(20, 40)).await?;
    let present = gateway.present(&me.tenant);
    let ends = Ends::of(statuses.iter().map(|status| status.row.id));
    Ok(paged(&request, &present.origin, &present.statuses(&statuses), ends))
}
