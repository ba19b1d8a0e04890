//! Every request gets an id, a span and one log line at its end.
//!
//! Invariant: the line has the route's pattern and the path, never the query (codes and tokens
//! may stand in it), never a header, a body or an address of a person.

use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use rand::RngExt;
use std::time::Instant;
use tracing::{Instrument, info_span};

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request under way, also in its answer's `X-Request-Id`.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Middleware for `actix_web::middleware::from_fn`.
pub async fn trace<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let id = RequestId(incoming_id(&request).unwrap_or_else(new_id));
    request.extensions_mut().insert(id.clone());
    let host = crate::host::requested(request.request().head()).unwrap_or_default();
    let span = info_span!("request", request_id = %id.0, host = %host);
    let method = request.method().clone();
    let path = request.path().to_owned();
    let started = Instant::now();
    async move {
        let result = next.call(request).await;
        let elapsed = started.elapsed();
        let status = match &result {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        let route = result
            .as_ref()
            .ok()
            .and_then(|response| response.request().match_pattern())
            // Unmatched paths are minted by outsiders: one label for all of them.
            .unwrap_or_else(|| "unmatched".to_owned());
        metrics::counter!("belfry_http_requests_total", "route" => route.clone(), "status" => status.as_str().to_owned())
            .increment(1);
        metrics::histogram!("belfry_http_request_seconds", "route" => route.clone()).record(elapsed);
        tracing::info!(%method, %path, route, status = status.as_u16(), milliseconds = elapsed.as_millis(), "request");
        result.map(|mut response| {
            if let Ok(value) = HeaderValue::from_str(&id.0) {
                response.headers_mut().insert(HEADER, value);
            }
            response
        })
    }
    .instrument(span)
    .await
}

/// A proxy's id is kept if it looks like one, so that its logs and ours meet.
fn incoming_id(request: &ServiceRequest) -> Option<String> {
    let text = request.headers().get(HEADER)?.to_str().ok()?;
    let plausible =
        (8..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plausible.then(|| text.to_owned())
}

#[expect(clippy::disallowed_methods, reason = "an id for logs; nothing depends on its value")]
fn new_id() -> String {
    format!("{:016x}", rand::rng().random::<u64>())
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::{App, HttpResponse, test, web};

    use super::*;

    #[actix_web::test]
    async fn an_answer_carries_an_id_and_a_proxys_id_is_kept() {
        let app =
            test::init_service(App::new().wrap(from_fn(trace)).route("/", web::get().to(HttpResponse::Ok)))
                .await;
        let fresh = test::call_service(&app, test::TestRequest::get().uri("/").to_request()).await;
        assert_eq!(fresh.headers().get("x-request-id").unwrap().len(), 16);
        let request =
            test::TestRequest::get().uri("/").insert_header(("x-request-id", "proxy-1234")).to_request();
        let kept = test::call_service(&app, request).await;
        assert_eq!(kept.headers().get("x-request-id").unwrap(), "proxy-1234");
        let request =
            test::TestRequest::get().uri("/").insert_header(("x-request-id", "<script>")).to_request();
        let replaced = test::call_service(&app, request).await;
        assert_ne!(replaced.headers().get("x-request-id").unwrap(), "<script>");
    }
}
