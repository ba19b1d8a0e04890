//! How often a client may ask: per token, and per address over all its tokens.
//!
//! The limits fit an agency behind one address. The cache being away stops nobody: a limit
//! protects the platform from its clients, not clients from the platform.

use std::time::Duration;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError as _, web};
use chrono::SecondsFormat;

use super::ApiError;
use crate::Gateway;

const WINDOW: Duration = Duration::from_mins(5);
/// People behind one address who use the whole of their limit at once.
const PEOPLE_BEHIND_ONE_ADDRESS: u64 = 20;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// Middleware for `actix_web::middleware::from_fn`, around the client API alone.
pub async fn rate_limit<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let Some(gateway) = request.app_data::<web::Data<Gateway>>().cloned() else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let limit = gateway.platform.settings.client_api.requests_per_five_minutes;
    let now = gateway.platform.clock().now();
    let left = belfry_cache::window_ends_in(now.timestamp_millis(), WINDOW);
    let used = used(&gateway, &request, limit).await;
    let mut response = if used > limit {
        let refusal = ApiError::TooManyRequests { retry_after: left.as_secs() + 1 }.error_response();
        request.into_response(refusal).map_into_right_body()
    } else {
        next.call(request).await?.map_into_left_body()
    };
    let reset = (now + left).to_rfc3339_opts(SecondsFormat::Micros, true);
    let headers = response.headers_mut();
    headers.insert(LIMIT, HeaderValue::from(limit));
    headers.insert(REMAINING, HeaderValue::from(limit.saturating_sub(used)));
    if let Ok(reset) = HeaderValue::from_str(&reset) {
        headers.insert(RESET, reset);
    }
    Ok(response)
}

/// Of the limit, by whichever of token and address has used more of its own.
async fn used(gateway: &Gateway, request: &ServiceRequest, limit: u64) -> u64 {
    let host = request.connection_info().host().to_owned();
    let address = belfry_edge::client_address(request.request());
    let by_address = count(gateway, &format!("api:address:{address}")).await;
    match super::auth::token(request.request()) {
        // Tokens are minted for free; what they ask for still comes from somewhere.
        Some(token) => {
            let by_token = count(gateway, &format!("api:token:{host}:{}", digest(token))).await;
            let crowd = limit.saturating_mul(PEOPLE_BEHIND_ONE_ADDRESS);
            if by_address > crowd { by_address } else { by_token }
        }
        None => by_address,
    }
}

async fn count(gateway: &Gateway, key: &str) -> u64 {
    match gateway.platform.tenancy.cache.count(key, WINDOW).await {
        Ok(count) => count,
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "rate limits can't be counted");
            0
        }
    }
}

/// The cache must not hold tokens.
fn digest(token: &str) -> String {
    belfry_tenancy::token::hash(token).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
