//! Multipart bodies: text fields become parameters, fields with a file name become uploads.

use actix_multipart::{LimitExceeded, Multipart};
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use futures::StreamExt as _;

use super::node::Node;
use super::{Limits, Upload};
use crate::api::error::ApiError;

/// More files than any endpoint takes.
const MAX_UPLOADS: usize = 8;

pub async fn read(
    request: &HttpRequest,
    payload: Payload,
    limits: Limits,
    node: &mut Node,
) -> Result<Vec<Upload>, ApiError> {
    let mut form = Multipart::new(request.headers(), payload);
    let mut uploads = Vec::new();
    let mut text_left = limits.body;
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|_| ApiError::MalformedBody)?;
        let Some(name) = field.name().map(str::to_owned) else {
            return Err(ApiError::MalformedBody);
        };
        let is_file = field.content_disposition().is_some_and(|d| d.get_filename().is_some());
        let limit = if is_file { limits.upload } else { text_left };
        let bytes = match field.bytes(limit).await {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(_)) => return Err(ApiError::MalformedBody),
            Err(LimitExceeded { .. }) => return Err(ApiError::TooLarge),
        };
        if is_file {
            if uploads.len() == MAX_UPLOADS {
                return Err(ApiError::TooLarge);
            }
            uploads.push(Upload { name, bytes });
        } else {
            text_left -= bytes.len();
            let text = String::from_utf8(bytes.to_vec()).map_err(|_| ApiError::MalformedBody)?;
            node.insert(&name, text);
        }
    }
    Ok(uploads)
}
