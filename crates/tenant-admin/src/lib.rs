//! The lead agency's console, the departments' admin pages and the tenant commands.

mod acts;
mod admin;
pub mod api;
pub mod command;
pub mod console;
mod invitation;
mod join;
mod lead;
mod quota_form;

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
    invitation::configure(config);
    join::configure(config);
}

/// The `OpenAPI` document of the lead agency's API.
pub fn openapi() -> impl serde::Serialize {
    <api::Document as utoipa::OpenApi>::openapi()
}

/// A table as a file: a browser neither shows nor guesses what it is. The name is ours.
pub(crate) fn csv_answer(name: &str, table: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(table)
}
