//! `GET /api/belfry/v1/openapi.json`: this API's own description, made from its code.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use belfry_edge::TenantHost;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::statuses;
use crate::api::entity::delivery;
use crate::api::error::Body;

/// What a client finds under `/api/belfry`. Every endpoint of the folder stands in `paths`.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Belfry API",
        version = "1.0.0",
        description = "What a Belfry server has beyond Mastodon's client API, at every agency's host. Access tokens \
            are those of the client API. Fields are added, never renamed or removed.\n\nBesides, `POST \
            /api/v1/statuses` takes `belfry_priority`: `urgent`, `normal` (the default) or `bulk`. It answers 403 \
            where the agency or the person may not send urgent posts, and 429 with `Retry-After` beyond the number \
            of an hour.",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later"),
    ),
    paths(statuses::delivery::handle),
    components(schemas(
        delivery::Delivery,
        delivery::Counts,
        delivery::Activity,
        delivery::Host,
        delivery::HostState,
        Body
    )),
    tags((name = "statuses", description = "Posts and boosts.")),
    modifiers(&Token)
)]
pub struct Document;

#[derive(Debug)]
struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("An access token of the client API, of the agency whose host is asked."))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

pub async fn handle(_: TenantHost) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=3600")).json(Document::openapi())
}
