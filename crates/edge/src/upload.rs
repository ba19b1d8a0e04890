//! Forms with a file: the same two checks as of every form of ours, and a bound.
//!
//! Invariant: the origin is checked before a byte is read, and the token before the file is used.

use std::future::Future;
use std::pin::Pin;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures::StreamExt as _;

use crate::view::ErrorKind;
use crate::{Page, csrf};

/// What no list and no form of ours is larger than.
const LARGEST_FILE: usize = 1024 * 1024;
const LARGEST_FIELD: usize = 4 * 1024;
const MOST_FIELDS: usize = 16;

/// A form whose origin and token were right, with its page for the answer.
#[derive(Debug)]
pub struct CheckedUpload {
    pub page: Page,
    /// The first file: its name as the browser says, and its bytes.
    pub file: Option<(String, Bytes)>,
    fields: Vec<(String, String)>,
}

impl CheckedUpload {
    /// Empty where the form has no such field.
    pub fn field(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
            .unwrap_or_default()
    }
}

#[derive(Debug, Default)]
struct Parts {
    file: Option<(String, Bytes)>,
    fields: Vec<(String, String)>,
}

/// `None` for what is malformed or too large.
async fn read(request: &HttpRequest, payload: Payload) -> Option<Parts> {
    let mut form = Multipart::new(request.headers(), payload);
    let mut parts = Parts::default();
    while let Some(field) = form.next().await {
        let mut field = field.ok()?;
        let name = field.name()?.to_owned();
        let file_name: Option<String> = field
            .content_disposition()
            .and_then(|d| d.get_filename().map(|name| name.chars().take(200).collect()));
        let limit = if file_name.is_some() { LARGEST_FILE } else { LARGEST_FIELD };
        let bytes = field.bytes(limit).await.ok()?.ok()?;
        match file_name {
            Some(file_name) if parts.file.is_none() => parts.file = Some((file_name, bytes)),
            Some(_) => return None,
            None if parts.fields.len() == MOST_FIELDS => return None,
            None => parts.fields.push((name, String::from_utf8(bytes.to_vec()).ok()?)),
        }
    }
    Some(parts)
}

impl FromRequest for CheckedUpload {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let page = Page::extract(&request).await?;
            let refuse = |page: &Page, kind: ErrorKind, reason: &'static str| {
                tracing::info!(reason, "an upload was refused");
                Err(InternalError::from_response(reason, page.error(kind)).into())
            };
            if !csrf::is_own_origin(&page, &request) {
                return refuse(&page, ErrorKind::FormExpired, "foreign origin");
            }
            if !request.content_type().eq_ignore_ascii_case("multipart/form-data") {
                return refuse(&page, ErrorKind::FormExpired, "no form with a file");
            }
            let Some(Parts { file, fields }) = read(&request, payload).await else {
                return refuse(&page, ErrorKind::BadRequest, "no upload of ours");
            };
            if !csrf::is_own_token(&page, &fields) {
                return refuse(&page, ErrorKind::FormExpired, "wrong token");
            }
            Ok(Self { page, file, fields })
        })
    }
}
