//! `GET /api/v1/accounts/{id}/statuses`.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_model::ActorId;
use belfry_storage::AccountFilter;
use serde::Deserialize;

use crate::Gateway;
use crate::api::auth::Visitor;
use crate::api::id::PathId;
use crate::api::page::{Ends, PageParams, paged};
use crate::api::scope::ReadStatuses;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "the parameters are Mastodon's")]
pub struct Request {
    #[serde(flatten)]
    page: PageParams,
    exclude_replies: bool,
    exclude_reblogs: bool,
    only_media: bool,
    pinned: bool,
    tagged: Option<String>,
}

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadStatuses>,
    PathId(id): PathId<ActorId>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let params = params.values;
    let page = params.page.page(20, 40);
    let filter = AccountFilter {
        exclude_replies: params.exclude_replies,
        exclude_reblogs: params.exclude_reblogs,
        only_media: params.only_media,
        tagged: params
            .tagged
            .map(|tag| tag.trim_start_matches('#').to_lowercase())
            .filter(|tag| !tag.is_empty()),
    };
    let mut statuses = gateway.social.timeline_account(visitor.viewer(), id, &filter, page).await?;
    if params.pinned {
        // Nothing can be pinned here; the account itself still has to be there.
        statuses.clear();
    }
    let present = gateway.present(&visitor.tenant);
    let ends = Ends::of(statuses.iter().map(|status| status.row.id));
    Ok(paged(&request, &present.origin, &present.statuses(&statuses), ends))
}
