//! `/admin` on an agency's host: its own people look after their own namespace.

mod audit;
mod deliveries;
mod notices;
mod overview;
mod staff;
mod usage;

use actix_web::web;
use belfry_edge::host::guard;

pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/admin")
            .guard(guard::tenant())
            .route("", web::get().to(overview::get))
            .route("/notices/{id}/dismiss", web::post().to(notices::dismiss::post))
            .route("/audit", web::get().to(audit::get))
            .route("/audit.csv", web::get().to(audit::csv))
            .route("/deliveries", web::get().to(deliveries::get))
            .route("/staff", web::get().to(staff::get))
            .route("/usage", web::get().to(usage::get)),
    );
}
