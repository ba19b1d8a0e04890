//! `GET /api/v1/statuses/{id}/favourited_by`, as far as this tenant knows.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_model::StatusId;

use crate::Gateway;
use crate::api::auth::Visitor;
use crate::api::id::PathId;
use crate::api::page::{Ends, PageParams, paged};
use crate::api::scope::ReadStatuses;
use crate::api::{ApiError, Params};

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadStatuses>,
    PathId(id): PathId<StatusId>,
    params: Params<PageParams>,
) -> Result<HttpResponse, ApiError> {
    let page = params.values.page(40, 80);
    let listed = gateway.social.status_favourited_by(visitor.viewer(), id, page).await?;
    let present = gateway.present(&visitor.tenant);
    let ends = Ends::of(listed.iter().map(|listed| listed.cursor));
    Ok(paged(&request, &present.origin, &present.listed(&listed), ends))
}
