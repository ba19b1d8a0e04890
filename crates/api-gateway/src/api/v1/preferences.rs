//! `GET /api/v1/preferences`: what a client begins with. Nothing can be set here yet, so these
//! are Mastodon's own.

use actix_web::HttpResponse;
use belfry_model::Visibility;

use crate::api::auth::Authorised;
use crate::api::entity::Preferences;
use crate::api::scope::ReadAccounts;

pub async fn handle(_: Authorised<ReadAccounts>) -> HttpResponse {
    HttpResponse::Ok().json(Preferences {
        visibility: Visibility::Public,
        sensitive: false,
        language: None,
        quote_policy: "nobody",
        expand_media: "default",
        expand_spoilers: false,
        autoplay_gifs: false,
    })
}
