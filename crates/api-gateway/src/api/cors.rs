//! Cross-origin access for clients that run in browsers: everything that takes bearer tokens
//! may be read from anywhere, because no cookie is worth anything there.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};

/// What scripts may read of an answer.
const EXPOSED: &str = "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id, Date";
const METHODS: &str = "POST, PUT, DELETE, GET, PATCH, OPTIONS";

/// Middleware for `actix_web::middleware::from_fn`: answers preflights by itself.
pub async fn cors<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    if !is_open(request.path()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let preflight = request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if preflight {
        let mut response = HttpResponse::NoContent().finish();
        let headers = response.headers_mut();
        allow(headers);
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        // `*` does not cover Authorization: the names that are asked for are given back.
        if let Some(asked) = request.headers().get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, asked.clone());
        }
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
        return Ok(request.into_response(response).map_into_right_body());
    }
    let mut response = next.call(request).await?;
    allow(response.headers_mut());
    Ok(response.map_into_left_body())
}

fn is_open(path: &str) -> bool {
    path.starts_with("/api/")
        || path.starts_with("/.well-known/")
        || path.starts_with("/nodeinfo/")
        || matches!(path.trim_end_matches('/'), "/oauth/token" | "/oauth/revoke" | "/oauth/userinfo")
}

fn allow(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_takes_tokens_or_is_public_is_open_to_other_origins() {
        for path in
            ["/api/v1/apps", "/.well-known/webfinger", "/nodeinfo/2.1", "/oauth/token", "/oauth/token/"]
        {
            assert!(is_open(path), "{path}");
        }
        for path in ["/oauth/authorize", "/auth/sign_in", "/admin", "/@moe", "/api", "/oauth/tokens"] {
            assert!(!is_open(path), "{path}");
        }
    }
}
