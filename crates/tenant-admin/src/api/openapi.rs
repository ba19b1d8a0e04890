//! `GET /api/belfry/v1/openapi.json` on the shared domain: this API's own description, made from
//! its code.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use belfry_edge::SharedDomain;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::error::Body;
use super::{audit, baseline, confirmations, imports, overview, quota, requests, tenants, usage};

/// Every method of the table stands in `paths`.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Belfry API of the lead agency",
        version = "1.0.0",
        description = "What the lead agency does on its console, for programs: at the shared domain. A token is one \
            of the lead agency's, with the scope `govern:read` or `govern:write`: of a person with the role `lead`, \
            or made by `belfry token create`. Nothing here reads what agencies say. Fields are added, never renamed \
            or removed.",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later"),
    ),
    paths(
        audit::index::handle,
        imports::create::handle,
        imports::show::handle,
        imports::run::handle,
        tenants::index::handle,
        tenants::create::handle,
        tenants::accounts::index::handle,
        tenants::accounts::official::give::handle,
        tenants::accounts::official::release::handle,
        tenants::show::handle,
        tenants::phase::handle,
        tenants::resume::handle,
        tenants::suspend::handle,
        tenants::rename::handle,
        tenants::delete::delete,
        tenants::delete::keep,
        confirmations::propose::transfer_lead,
        confirmations::propose::break_glass,
        confirmations::index::handle,
        confirmations::confirm::handle,
        confirmations::withdraw::handle,
        tenants::usage::handle,
        tenants::quota::show,
        tenants::quota::handle,
        requests::index::handle,
        requests::show::handle,
        requests::ask::handle,
        requests::refuse::handle,
        requests::approve::handle,
        requests::complete::handle,
        requests::check::handle,
        overview::handle,
        usage::handle,
        usage::csv::handle,
        quota::show,
        quota::handle,
        tenants::peers::index::handle,
        tenants::peers::add::handle,
        tenants::peers::remove::handle,
        tenants::wipe_on::handle,
        baseline::domains::index::handle,
        baseline::domains::set::handle,
        baseline::domains::remove::handle,
        baseline::policies::index::handle,
        baseline::policies::show::handle,
        baseline::policies::publish::handle,
        baseline::policies::words::handle,
        baseline::settings::show::handle,
        baseline::settings::set::handle,
        baseline::handles::index::handle,
        baseline::handles::reserve::handle,
        baseline::handles::release::handle,
        baseline::imports::create::handle,
        baseline::imports::apply::handle,
    ),
    components(schemas(tenants::TenantEntity, Body)),
    tags(
        (name = "accounts", description = "Their accounts."),
        (name = "audit", description = "Who did what."),
        (name = "baseline", description = "What holds for every namespace."),
        (name = "requests", description = "Bodies that ask for a namespace."),
        (name = "tenants", description = "Namespaces of agencies."),
        (name = "confirmations", description = "Acts that two people of the lead agency confirm."),
        (name = "overview", description = "How the platform stands."),
        (name = "usage", description = "What agencies use, and how much they may."),
    ),
    modifiers(&Token)
)]
pub struct Document;

/// How both APIs are opened.
#[derive(Debug)]
pub(crate) struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "An access token of the agency that is asked, with a scope that the method needs.",
            ))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

pub async fn handle(_: SharedDomain) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=3600")).json(Document::openapi())
}
