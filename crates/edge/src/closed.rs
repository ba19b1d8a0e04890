//! The host of an agency that is closed for now, or was deleted: said plainly to people, apps and
//! servers.
//!
//! Invariant: whoever asks a suspended one is told to come back, and never that there is nothing. A server that
//! was answered 404 or 410 would drop its people's follows. The agency's own staff may sign in
//! and look at their pages, which say why; nothing can be changed there.

use std::sync::Arc;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ACCEPT, HeaderValue, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use belfry_model::{Tenant, TenantState};
use serde_json::json;

use crate::host::{Hosted, requested};
use crate::view::ErrorKind;
use crate::{Page, Platform};

/// How soon a server or an app may ask again. A suspension lasts for hours or days.
pub const RETRY_AFTER_SECONDS: &str = "3600";

/// Middleware for `actix_web::middleware::from_fn`.
pub async fn closed<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let Some(tenant) = closed_tenant(request.request()) else {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    };
    let deleted = tenant.state == TenantState::Deleted;
    let stays_open = stays_open(request.method(), request.path(), deleted);
    request.extensions_mut().insert(Hosted::Tenant(tenant));
    if stays_open {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    }
    let mut response = answer(request.request(), deleted).await?;
    if !deleted {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
    }
    Ok(request.into_response(response).map_into_right_body())
}

/// The tenant at whose host this arrives, if it is suspended or deleted.
fn closed_tenant(request: &HttpRequest) -> Option<Arc<Tenant>> {
    let platform = request.app_data::<web::Data<Platform>>()?;
    let tenant = platform.directory().at_host(&requested(request.head())?)?;
    matches!(tenant.state, TenantState::Suspended | TenantState::Deleted).then_some(tenant)
}

/// What answers in spite of it: health, files of the pages, signing in and out, and the staff's own
/// pages to be read. Nobody signs in where everything is gone.
fn stays_open(method: &Method, path: &str, deleted: bool) -> bool {
    let below =
        |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let staff = below("/auth") || (reads && below("/admin"));
    below("/health") || (reads && below("/assets")) || (staff && !deleted)
}

async fn answer(request: &HttpRequest, deleted: bool) -> Result<HttpResponse, actix_web::Error> {
    if wants_page(request) {
        let kind = if deleted { ErrorKind::NamespaceGone } else { ErrorKind::Suspended };
        return Ok(Page::extract(request).await?.error(kind));
    }
    if deleted {
        return Ok(HttpResponse::Gone().json(json!({ "error": "This agency was deleted." })));
    }
    let told = json!({ "error": "This agency is closed for now. Nothing is lost; please try again later." });
    Ok(HttpResponse::build(StatusCode::SERVICE_UNAVAILABLE).json(told))
}

/// Browsers name HTML; apps and servers don't. An app in a browser asks `/api` by script.
fn wants_page(request: &HttpRequest) -> bool {
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("text/html") && !request.path().starts_with("/api")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reading_ones_own_pages_and_signing_in_stay_open() {
        for (method, path) in [
            (Method::GET, "/admin"),
            (Method::GET, "/admin/staff"),
            (Method::GET, "/assets/belfry.css"),
            (Method::POST, "/auth/sign_in"),
            (Method::GET, "/health/live"),
        ] {
            assert!(stays_open(&method, path, false), "{method} {path}");
        }
        for (method, path) in [
            (Method::GET, "/"),
            (Method::POST, "/admin/staff"),
            (Method::GET, "/administrator"),
            (Method::GET, "/users/moe"),
            (Method::POST, "/users/moe/inbox"),
            (Method::POST, "/oauth/token"),
            (Method::GET, "/api/v1/instance"),
        ] {
            assert!(!stays_open(&method, path, false), "{method} {path}");
        }
    }

    #[test]
    fn nothing_opens_where_an_agency_was() {
        assert!(stays_open(&Method::GET, "/health/live", true));
        for path in ["/admin", "/auth/sign_in", "/users/moe"] {
            assert!(!stays_open(&Method::GET, path, true), "{path}");
        }
    }
}
