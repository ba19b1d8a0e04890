//! A row of a table of routes: what is asked, what it needs, and what answers.

use actix_web::guard::Guard;
use actix_web::http::Method;
use actix_web::{FromRequest, Handler, Responder, Route, web};

/// One page, form or method. `N` says what whoever asks needs, for the tests that walk the table.
pub struct Endpoint<N> {
    pub method: Method,
    /// With `{…}` for a part that varies.
    pub path: &'static str,
    pub needs: N,
    route: Route,
}

/// Registers a table on the hosts that the guard lets through. A path is before the patterns that
/// it would match as well.
pub(crate) fn register<N, G: Guard + 'static>(
    config: &mut web::ServiceConfig,
    table: Vec<Endpoint<N>>,
    guard: impl Fn() -> G,
) {
    for endpoint in table {
        config.route(endpoint.path, endpoint.route.method(endpoint.method).guard(guard()));
    }
}

macro_rules! methods {
    ($($name:ident $method:ident),* $(,)?) => {$(
        pub(crate) fn $name<N, F, Args>(path: &'static str, needs: N, handler: F) -> Endpoint<N>
        where
            F: Handler<Args>,
            Args: FromRequest + 'static,
            F::Output: Responder + 'static,
        {
            Endpoint { method: Method::$method, path, needs, route: web::to(handler) }
        }
    )*};
}
methods!(delete DELETE, get GET, post POST, put PUT);
