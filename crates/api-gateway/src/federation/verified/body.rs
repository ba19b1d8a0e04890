//! Reading a body that may be too large or never end.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_LENGTH;
use bytes::{Bytes, BytesMut};
use futures::StreamExt as _;

use super::Refused;

/// A megabyte takes a slow line less.
const TIME: Duration = Duration::from_secs(20);

pub(super) async fn read(request: &HttpRequest, payload: Payload, limit: usize) -> Result<Bytes, Refused> {
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > limit) {
        return Err(Refused::TooLarge(limit));
    }
    tokio::time::timeout(TIME, collect(payload, limit)).await.unwrap_or(Err(Refused::TooSlow))
}

async fn collect(mut payload: Payload, limit: usize) -> Result<Bytes, Refused> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Refused::BrokenOff)?;
        if body.len() + chunk.len() > limit {
            return Err(Refused::TooLarge(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
