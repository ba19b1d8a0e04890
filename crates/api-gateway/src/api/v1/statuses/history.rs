//! `GET /api/v1/statuses/{id}/history`: every version, the original first.

use actix_web::{HttpResponse, web};
use belfry_model::StatusId;

use crate::Gateway;
use crate::api::ApiError;
use crate::api::auth::Visitor;
use crate::api::entity::{MediaAttachment, StatusEdit, Timestamp};
use crate::api::id::PathId;
use crate::api::scope::ReadStatuses;

pub async fn handle(
    gateway: web::Data<Gateway>,
    visitor: Visitor<ReadStatuses>,
    PathId(id): PathId<StatusId>,
) -> Result<HttpResponse, ApiError> {
    let versions = gateway.social.status_history(visitor.viewer(), id).await?;
    let present = gateway.present(&visitor.tenant);
    let history: Vec<_> = versions
        .into_iter()
        .map(|version| StatusEdit {
            account: present.account(&version.author),
            content: version.content_html,
            spoiler_text: version.spoiler_text,
            sensitive: version.sensitive,
            created_at: Timestamp(version.created_at),
            media_attachments: MediaAttachment::list(&version.media, present.names),
            emojis: [],
        })
        .collect();
    Ok(HttpResponse::Ok().json(history))
}
