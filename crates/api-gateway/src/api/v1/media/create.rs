//! `POST /api/v1/media` and `/api/v2/media`: an image, ready when the answer comes.

use actix_web::{HttpResponse, web};
use belfry_social::media::Focus;
use serde::Deserialize;

use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::scope::WriteMedia;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    pub(super) description: Option<String>,
    /// `x,y`.
    pub(super) focus: Option<String>,
}

pub async fn handle(
    gateway: web::Data<Gateway>,
    me: Authorised<WriteMedia>,
    mut params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let missing = || ApiError::Unprocessable("Validation failed: File can't be blank".to_owned());
    let file = params.take_upload("file").ok_or_else(missing)?;
    let focus = focus(params.values.focus.as_deref())?;
    let media =
        gateway.social.media_upload(&me.poster(), file.bytes, params.values.description, focus).await?;
    Ok(HttpResponse::Ok().json(gateway.present(&me.tenant).media(&media)))
}

pub(super) fn focus(text: Option<&str>) -> Result<Option<Focus>, ApiError> {
    match text.map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => Ok(Some(Focus::parse(text).map_err(belfry_social::Error::from)?)),
    }
}
