//! `/console` on the shared domain: the lead agency's view of the platform.
//!
//! Invariant: whoever gets in here has the role `lead`; the session extractor sees to that. No
//! content of any agency is read.

mod overview;
mod sign_in;
mod sign_out;

use actix_web::web;
use belfry_edge::host::guard;

pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/console")
            .guard(guard::shared_domain())
            .route("", web::get().to(overview::get))
            .route("/sign_in", web::get().to(sign_in::get))
            .route("/sign_in", web::post().to(sign_in::post))
            .route("/sign_out", web::post().to(sign_out::post)),
    );
}
