//! `/console` on the shared domain: the lead agency's view of the platform.
//!
//! Invariant: whoever gets in here has the role `lead`; the [`Lead`](crate::lead::Lead) extractor
//! sees to that. No content of any agency is read.

mod agencies;
mod agency;
mod audit;
mod baseline;
mod confirmations;
mod hosts;
mod import;
mod mailbox;
mod new_agency;
mod overview;
mod policies;
mod requests;
pub mod routes;
mod second_step;
mod sign_in;
mod sign_out;
mod usage;

use actix_web::web;
use belfry_edge::host::guard;

pub(crate) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/console/sign_in")
                .guard(guard::shared_domain())
                .get(sign_in::get)
                .post(sign_in::post),
        )
        .service(
            web::resource("/console/second_step")
                .guard(guard::shared_domain())
                .get(second_step::get)
                .post(second_step::post),
        )
        .service(web::resource("/console/sign_out").guard(guard::shared_domain()).post(sign_out::post));
    routes::configure(config);
}
