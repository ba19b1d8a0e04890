//! `POST /api/v1/statuses`: a post. Its `Idempotency-Key` makes one of ten at once.

use actix_web::{HttpRequest, HttpResponse, web};
use belfry_model::{Lane, StatusId, Visibility};
use belfry_social::status::{App, Draft};
use serde::Deserialize;
use serde_json::Value;

use crate::Gateway;
use crate::api::auth::Authorised;
use crate::api::id::ids;
use crate::api::resolve::mentions;
use crate::api::scope::WriteStatuses;
use crate::api::{ApiError, Params};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Request {
    status: String,
    spoiler_text: String,
    sensitive: bool,
    visibility: Option<Visibility>,
    language: Option<String>,
    in_reply_to_id: Option<String>,
    media_ids: Vec<String>,
    poll: Option<Value>,
    scheduled_at: Option<String>,
    quoted_status_id: Option<String>,
    /// Ours: `urgent`, `normal` or `bulk`.
    belfry_priority: Option<String>,
}

pub async fn handle(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    me: Authorised<WriteStatuses>,
    params: Params<Request>,
) -> Result<HttpResponse, ApiError> {
    let params = params.values;
    refuse_unoffered(&params)?;
    let draft = Draft {
        mentions: mentions(&gateway, me.tenant.scope(), &params.status).await,
        text: params.status,
        spoiler_text: params.spoiler_text,
        sensitive: params.sensitive,
        visibility: params.visibility.unwrap_or(Visibility::Public),
        language: params.language.filter(|language| !language.is_empty()),
        in_reply_to: parent(params.in_reply_to_id.as_deref())?,
        media: media(&params.media_ids)?,
        idempotency_key: idempotency_key(&request),
        app: Some(App { name: me.bearer.app.name.clone(), website: me.bearer.app.website.clone() }),
        lane: lane(params.belfry_priority.as_deref())?,
    };
    let status = gateway.social.status_post(&me.poster(), draft).await?;
    Ok(HttpResponse::Ok().json(gateway.present(&me.tenant).status(&status)))
}

/// A post that leaves half of what was asked for behind would be worse than none.
fn refuse_unoffered(params: &Request) -> Result<(), ApiError> {
    let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
    let unoffered = if params.poll.is_some() {
        "polls"
    } else if given(&params.scheduled_at) {
        "scheduled posts"
    } else if given(&params.quoted_status_id) {
        "quotes"
    } else {
        return Ok(());
    };
    Err(ApiError::Unprocessable(format!("Validation failed: {unoffered} are not offered here")))
}

fn lane(priority: Option<&str>) -> Result<Lane, ApiError> {
    match priority.map(str::trim) {
        None | Some("") => Ok(Lane::Normal),
        Some(word) => word
            .parse()
            .map_err(|error| ApiError::Unprocessable(format!("Validation failed: belfry_priority: {error}"))),
    }
}

fn parent(id: Option<&str>) -> Result<Option<StatusId>, ApiError> {
    match id.map(str::trim) {
        None | Some("") => Ok(None),
        Some(id) => id.parse().map(Some).map_err(|_| ApiError::NotFound),
    }
}

/// Every one that was named, or the post would lack a picture that its author saw.
pub(super) fn media<T: std::str::FromStr>(texts: &[String]) -> Result<Vec<T>, ApiError> {
    let found = ids(texts);
    if found.len() < texts.len() {
        return Err(belfry_social::Error::from(belfry_social::Invalid::Attachment).into());
    }
    Ok(found)
}

fn idempotency_key(request: &HttpRequest) -> Option<String> {
    let key = request.headers().get("idempotency-key")?.to_str().ok()?;
    (1..=200).contains(&key.len()).then(|| key.to_owned())
}
