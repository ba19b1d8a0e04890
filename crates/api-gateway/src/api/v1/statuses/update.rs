//! `PUT /api/v1/statuses/{id}`: an edit. What was before is kept; no change is no edit.

use actix_web::{HttpResponse, web};
use belfry_model::StatusId;
use belfry_social::media::Focus;
use belfry_social::status::{Change, MediaChange};
use serde::Deserialize;

use super::create::media;
use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::id::PathId;
use crate::api::resolve::mentions;
use crate::api::scope::WriteStatuses;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    status: Option<String>,
    spoiler_text: Option<String>,
    sensitive: Option<bool>,
    language: Option<String>,
    media_ids: Option<Vec<String>>,
    media_attributes: Vec<MediaAttributes>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MediaAttributes {
    id: String,
    description: Option<String>,
    /// `x,y`.
    focus: Option<String>,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteStatuses>,
    PathId(id): PathId<StatusId>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let params = params.values;
    // What isn't named stays: the post as it was is where an edit begins.
    let source = gateway.social.status_source(&me.poster(), id).await?;
    let before = gateway.social.status_fetch(me.viewer(), id).await?;
    let text = params.status.unwrap_or(source.text);
    let change = Change {
        mentions: mentions(&gateway, me.tenant.scope(), &text).await,
        text,
        spoiler_text: params.spoiler_text.unwrap_or(source.spoiler_text),
        sensitive: params.sensitive.unwrap_or(before.row.sensitive),
        language: params.language.filter(|language| !language.is_empty()),
        media: params.media_ids.as_deref().map(media).transpose()?,
        media_changes: params.media_attributes.into_iter().map(change).collect::<Result<_, _>>()?,
    };
    let status = gateway.social.status_edit(&me.poster(), id, change).await?;
    Ok(HttpResponse::Ok().json(gateway.present(&me.tenant).status(&status)))
}

fn change(attributes: MediaAttributes) -> Result<MediaChange, ApiError> {
    let focus = attributes.focus.as_deref().map(Focus::parse).transpose();
    Ok(MediaChange {
        id: attributes.id.parse().map_err(|_| ApiError::NotFound)?,
        description: attributes.description,
        focus: focus.map_err(belfry_social::Error::from)?,
    })
}
