//! How the edge is put together: what stands around every request, and which routes there are.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{NormalizePath, from_fn};
use actix_web::{App, Error, ResponseError as _, web};
use belfry_edge::host::guard;
use belfry_edge::{closed, request, security};

use crate::api::params::Limits;
use crate::api::{ApiError, cors, rate_limit, routes};
use crate::{Gateway, configure_federation, media, oauth, pages};

/// Room for a form around a file: names, descriptions, boundaries.
const FORM_OVERHEAD: usize = 64 * 1024;

/// The application without routes: `configure` adds them, and another edge may add its own.
///
/// From the outside in: a span for the log, guards for browsers, cross-origin access, hosts that
/// are closed for now, and paths without a trailing slash.
pub fn app() -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .wrap(NormalizePath::trim())
        .wrap(from_fn(closed::closed))
        .wrap(from_fn(cors::cors))
        .wrap(from_fn(security::headers))
        .wrap(from_fn(request::trace))
}

/// Every route of this edge.
pub fn configure(config: &mut web::ServiceConfig, gateway: Gateway) {
    let settings = &gateway.platform.settings;
    let limits = Limits {
        body: settings.http.max_body_bytes,
        upload: settings.media.max_bytes.saturating_add(FORM_OVERHEAD),
    };
    config
        .app_data(web::Data::new(gateway.platform.clone()))
        .app_data(web::Data::new(limits))
        .app_data(web::Data::new(gateway));
    media::configure(config);
    config.service(
        web::resource("/oauth/authorize")
            .guard(guard::tenant())
            .get(oauth::authorize::show)
            .post(oauth::authorize::decide),
    );
    config.configure(routes::configure);
    config.service(
        web::resource(["/api", "/api/{unknown:.*}"])
            .wrap(from_fn(rate_limit::rate_limit))
            .to(async || ApiError::NotFound.error_response()),
    );
    config.configure(configure_federation);
    config.configure(pages::configure);
}
