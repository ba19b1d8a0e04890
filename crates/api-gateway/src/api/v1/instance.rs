//! `/api/v1/instance`.

pub mod extended_description;
pub mod privacy_policy;
pub mod rules;
pub mod show;
pub mod terms_of_service;

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT_LANGUAGE;
use belfry_edge::Language;
use belfry_model::Tenant;
use belfry_tenancy::policies;

/// What a client's user reads best of the languages that policies are in; else the tenant's.
fn asked_language(request: &HttpRequest, tenant: &Tenant) -> &'static str {
    let header = request.headers().get(ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
    let accepted = header.and_then(Language::accepted);
    accepted.map_or_else(|| policies::language(&tenant.language), Language::code)
}
