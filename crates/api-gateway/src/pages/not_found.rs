//! Whatever has no route.

use actix_web::{HttpRequest, HttpResponse};
use belfry_edge::Page;
use belfry_edge::view::ErrorKind;

/// A helpful page on a host of ours, a bare 404 on any other.
pub(super) async fn any(request: HttpRequest) -> HttpResponse {
    match Page::extract(&request).await {
        Ok(page) => page.error(ErrorKind::NotFound),
        Err(error) => error.error_response(),
    }
}
