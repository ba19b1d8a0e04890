//! `/join` on the shared domain: a body asks for a namespace, and follows its request.
//!
//! Invariant: number and code travel in forms, never in an address: addresses end up in logs,
//! histories and referrers. Whoever asks is nobody yet, and reaches nothing but that one request.

mod form;
mod send;
mod status;

use actix_web::web;
use belfry_edge::host::guard;

pub(crate) fn configure(config: &mut web::ServiceConfig) {
    let at = |path: &str| web::resource(path.to_owned()).guard(guard::shared_domain());
    config
        .service(at("/join").get(form::get).post(send::post))
        .service(at("/join/status").get(status::get).post(status::post))
        .service(at("/join/status/answer").post(status::answer::post))
        .service(at("/join/status/check").post(status::check::post));
}
