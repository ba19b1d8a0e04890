//! `GET /api/v1/timelines/public`: this tenant's public posts and those that it relates to.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::reach;
use crate::Gateway;
use crate::api::auth::Visitor;
use crate::api::page::{Ends, PageParams, paged};
use crate::api::scope::ReadStatuses;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    #[serde(flatten)]
    page: PageParams,
    local: bool,
    remote: bool,
    only_media: bool,
}

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadStatuses>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let params = params.values;
    let reach = reach(params.local, params.remote);
    let page = params.page.page(20, 40);
    let statuses = gateway.social.timeline_public(visitor.viewer(), reach, params.only_media, page).await?;
    let present = gateway.present(&visitor.tenant);
    let ends = Ends::of(statuses.iter().map(|status| status.row.id));
    Ok(paged(&request, &present.origin, &present.statuses(&statuses), ends))
}
