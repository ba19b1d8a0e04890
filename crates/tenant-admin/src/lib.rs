//! The lead agency's console, the departments' admin pages and the tenant commands.

mod account;
mod acts;
pub mod admin;
pub mod agency_api;
pub mod api;
pub mod command;
pub mod console;
mod invitation;
mod join;
mod lead;
mod matrix;
mod me;
pub mod member;
mod policy_entity;
mod policy_form;
mod quota_form;
pub mod route;
mod visitor;

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, web};
use belfry_edge::assets;

pub use lead::Governance;

/// The routes of this edge: `/console` on the shared domain, `/admin` and `/invitation` on
/// agencies' hosts, and the lead agency's API.
pub fn configure(config: &mut web::ServiceConfig, governance: Governance) {
    config.app_data(web::Data::new(governance));
    assets::configure(config);
    api::configure(config);
    console::configure(config);
    admin::configure(config);
    agency_api::configure(config);
    invitation::configure(config);
    join::configure(config);
}

/// The `OpenAPI` document of the lead agency's API.
pub fn openapi() -> impl serde::Serialize {
    <api::Document as utoipa::OpenApi>::openapi()
}

/// The `OpenAPI` document of the agencies' API.
pub fn agency_openapi() -> impl serde::Serialize {
    <agency_api::Document as utoipa::OpenApi>::openapi()
}

/// Who may do what, as a page of the reference.
pub use matrix::page as permission_matrix;

/// A table as a file: a browser neither shows nor guesses what it is. The name is ours.
pub(crate) fn csv_answer(name: &str, table: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(table)
}
