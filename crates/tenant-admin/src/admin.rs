//! `/admin` on an agency's host: its own people look after their own namespace.

mod deliveries;
mod overview;
mod staff;

use actix_web::web;
use belfry_edge::host::guard;

pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/admin")
            .guard(guard::tenant())
            .route("", web::get().to(overview::get))
            .route("/deliveries", web::get().to(deliveries::get))
            .route("/staff", web::get().to(staff::get)),
    );
}
