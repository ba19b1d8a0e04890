//! Uploads at `media.<shared domain>/<key>`: a host without cookies, pages or an API.
//!
//! Invariant: a key names the same bytes for ever, so that a browser may keep them; nothing
//! that is served here can run.

use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError as _, web};
use belfry_edge::host::guard;

use crate::Gateway;
use crate::api::ApiError;

/// Keys of the pictures for those who have none.
pub const NO_AVATAR: &str = "missing/avatar.png";
pub const NO_HEADER: &str = "missing/header.png";
pub const THUMBNAIL: &str = "missing/thumbnail.png";

const PICTURES: [(&str, &[u8]); 3] = [
    (NO_AVATAR, include_bytes!("../static/avatar.png")),
    (NO_HEADER, include_bytes!("../static/header.png")),
    (THUMBNAIL, include_bytes!("../static/thumbnail.png")),
];

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const FOR_A_DAY: &str = "public, max-age=86400";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Takes the whole host: registered before what other hosts have at `/`.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/{key:.*}")
            .guard(guard::media())
            .route(web::get().to(serve))
            .route(web::head().to(serve))
            .default_service(web::to(async || ApiError::MethodNotAllowed.error_response())),
    );
}

async fn serve(gateway: web::Data<Gateway>, key: web::Path<String>) -> Result<HttpResponse, ApiError> {
    if let Some((_, bytes)) = PICTURES.iter().find(|(name, _)| *name == key.as_str()) {
        return Ok(answer("image/png", FOR_A_DAY).body(*bytes));
    }
    let stored = gateway.social.media_file(&key).await?.ok_or(ApiError::NotFound)?;
    Ok(answer(stored.media_type, FOR_EVER).body(stored.bytes))
}

fn answer(media_type: &str, cache: &'static str) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CACHE_CONTROL, cache))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((RESOURCE_POLICY, "cross-origin"));
    response
}
