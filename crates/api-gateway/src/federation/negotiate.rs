//! Documents for servers and pages for people at the same addresses.

use actix_web::http::header::{ACCEPT, CACHE_CONTROL, LOCATION, VARY};
use actix_web::{HttpRequest, HttpResponse};
use belfry_activitypub::{CONTENT_TYPE, is_activity_type};
use belfry_federation::Published;
use serde::Serialize;

use super::FederationError;

/// Whether the asker would rather have a document than a page. Browsers name HTML; whoever
/// names nothing in particular gets the document that lies at the address.
pub fn wants_document(request: &HttpRequest) -> bool {
    let Some(accept) = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()) else {
        return true;
    };
    let (mut document, mut page) = (0.0_f32, 0.0_f32);
    for range in accept.split(',').map(str::trim) {
        let weight = weight(range);
        let kind = range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match kind.as_str() {
            "text/html" | "application/xhtml+xml" => page = page.max(weight),
            "application/json" | "*/*" => document = document.max(weight),
            _ if is_activity_type(range) => document = document.max(weight),
            _ => {}
        }
        if is_activity_type(range) && weight > 0.0 {
            return true;
        }
    }
    document > page
}

fn weight(range: &str) -> f32 {
    range
        .split(';')
        .skip(1)
        .find_map(|parameter| parameter.trim().strip_prefix("q="))
        .and_then(|q| q.parse().ok())
        .unwrap_or(1.0)
}

/// The document, the tombstone of what was deleted (410), or a 404.
pub fn answer<T: Serialize>(published: Published<T>) -> Result<HttpResponse, FederationError> {
    match published {
        Published::Here(document) => Ok(HttpResponse::Ok()
            .insert_header((VARY, "Accept"))
            .insert_header((CACHE_CONTROL, "public, max-age=60"))
            .content_type(CONTENT_TYPE)
            .body(serde_json::to_vec(&document).map_err(|error| FederationError::internal(&error))?)),
        Published::Gone(tombstone) => Ok(HttpResponse::Gone()
            .insert_header((VARY, "Accept"))
            .content_type(CONTENT_TYPE)
            .body(serde_json::to_vec(&tombstone).map_err(|error| FederationError::internal(&error))?)),
        Published::Missing => Err(FederationError::NotFound),
    }
}

/// To the page that people see.
pub fn to_page(address: String) -> HttpResponse {
    HttpResponse::Found().insert_header((VARY, "Accept")).insert_header((LOCATION, address)).finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn wants(accept: &str) -> bool {
        wants_document(&TestRequest::get().insert_header((ACCEPT, accept)).to_http_request())
    }

    #[test]
    fn servers_get_documents_and_browsers_pages() {
        for accept in [
            "application/activity+json",
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
            "application/activity+json, application/ld+json",
            "application/json",
            "*/*",
            "text/html;q=0.5, application/activity+json;q=0.9",
        ] {
            assert!(wants(accept), "{accept}");
        }
        for accept in ["text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"] {
            assert!(!wants(accept), "{accept}");
        }
        assert!(wants_document(&TestRequest::get().to_http_request()));
    }
}
