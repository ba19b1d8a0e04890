//! `GET /api/belfry/v1/agency/openapi.json`: this API's own description, made from its code.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use belfry_edge::TenantHost;
use utoipa::OpenApi;

use super::{policies, show, staff};
use crate::api::{ErrorBody, Token};

/// Every method of the table stands in `paths`.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Belfry API of an agency",
        version = "1.0.0",
        description = "What an agency's people do at /admin, for programs: at the agency's host. A token is one of \
            that agency's, with the scope `manage:read` or `manage:write`: of a person, who may do with it what they \
            may do themselves, or made by `belfry token create`. Fields are added, never renamed or removed.",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later"),
    ),
    paths(
        show::handle,
        policies::index::handle,
        policies::accepted::handle,
        policies::show::handle,
        policies::publish::handle,
        policies::words::handle,
        staff::index::handle,
        staff::grant::handle,
        staff::disable::handle,
        staff::enable::handle,
        staff::reset_factor::handle,
        staff::second_factor::handle,
        staff::sessions::index::handle,
        staff::sessions::end::handle,
        staff::sessions::end_all::handle,
        staff::invitations::index::handle,
        staff::invitations::create::handle,
        staff::invitations::withdraw::handle,
        staff::import::handle,
        staff::sets::index::handle,
        staff::sets::save::handle,
        staff::sets::remove::handle,
    ),
    components(schemas(ErrorBody)),
    tags((name = "agency", description = "The agency itself."), (name = "policies", description = "What it publishes about how it acts."), (name = "staff", description = "Its people.")),
    modifiers(&Token)
)]
pub struct Document;

pub async fn handle(_: TenantHost) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=3600")).json(Document::openapi())
}
