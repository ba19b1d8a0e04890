//! `GET /api/v1/timelines/tag/{tag}`.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_storage::TagFilter;
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
    any: Vec<String>,
    all: Vec<String>,
    none: Vec<String>,
    local: bool,
    remote: bool,
    only_media: bool,
}

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadStatuses>,
    tag: web::Path<String>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let params = params.values;
    let reach = reach(params.local, params.remote);
    let page = params.page.page(20, 40);
    let filter = TagFilter { tag: tag.into_inner(), any: params.any, all: params.all, none: params.none };
    let statuses =
        gateway.social.timeline_tag(visitor.viewer(), filter, reach, params.only_media, page).await?;
    let present = gateway.present(&visitor.tenant);
    let ends = Ends::of(statuses.iter().map(|status| status.row.id));
    Ok(paged(&request, &present.origin, &present.statuses(&statuses), ends))
}
