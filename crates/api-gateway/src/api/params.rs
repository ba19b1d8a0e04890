//! One extractor for every endpoint's parameters: query, form, multipart and JSON, on every
//! verb, in Rails spelling too. Unknown parameters are ignored; bodies are bounded.
//!
//! Parameters of the query come first; the body's take their place where both name one.

mod deserialize;
mod multipart;
mod node;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use bytes::{Bytes, BytesMut};
use futures::StreamExt as _;
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use self::node::Node;
use super::error::ApiError;

/// The parameters of a request as `T`, and the files that came with them.
#[derive(Debug)]
pub struct Params<T> {
    pub values: T,
    pub uploads: Vec<Upload>,
}

/// A file from a multipart body, whole in memory: bounded by [`Limits`].
#[derive(Debug)]
pub struct Upload {
    /// The form's field.
    pub name: String,
    pub bytes: Bytes,
}

/// How much of a body is read, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// A body without files.
    pub body: usize,
    /// One uploaded file.
    pub upload: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 1024 * 1024, upload: 16 * 1024 * 1024 }
    }
}

impl<T> Params<T> {
    /// The file of this field, if one was sent.
    pub fn take_upload(&mut self, name: &str) -> Option<Upload> {
        let at = self.uploads.iter().position(|upload| upload.name == name)?;
        Some(self.uploads.swap_remove(at))
    }
}

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let (node, uploads) = read(&request, payload).await?;
            let values = T::deserialize(node).map_err(|e| ApiError::Unprocessable(e.to_string()))?;
            Ok(Self { values, uploads })
        })
    }
}

async fn read(request: &HttpRequest, payload: Payload) -> Result<(Node, Vec<Upload>), ApiError> {
    let limits = request.app_data::<web::Data<Limits>>().map_or_else(Limits::default, |limits| ***limits);
    let mut node = Node::empty();
    for (name, value) in pairs(request.query_string().as_bytes())? {
        node.insert(&name, value);
    }
    // Lists of the query and of the body are not one list: the body's is the one that counts.
    let mut body = Node::empty();
    let mut uploads = Vec::new();
    match kind(request) {
        Kind::Multipart => uploads = multipart::read(request, payload, limits, &mut body).await?,
        Kind::Form => {
            for (name, value) in pairs(&whole(payload, limits.body).await?)? {
                body.insert(&name, value);
            }
        }
        Kind::Json => {
            let bytes = whole(payload, limits.body).await?;
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                body = Node::from_body(serde_json::from_slice(&bytes).map_err(|_| ApiError::MalformedBody)?);
            }
        }
        // Clients send an empty POST with or without a type.
        Kind::Other => {
            if !whole(payload, limits.body).await?.is_empty() {
                return Err(ApiError::UnsupportedMediaType);
            }
        }
    }
    node.overlay(body);
    Ok((node, uploads))
}

enum Kind {
    Multipart,
    Form,
    Json,
    Other,
}

fn kind(request: &HttpRequest) -> Kind {
    let header =
        request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "multipart/form-data" => Kind::Multipart,
        "application/x-www-form-urlencoded" => Kind::Form,
        "application/json" => Kind::Json,
        other if other.starts_with("application/") && other.ends_with("+json") => Kind::Json,
        _ => Kind::Other,
    }
}

fn pairs(encoded: &[u8]) -> Result<Vec<(String, String)>, ApiError> {
    serde_urlencoded::from_bytes(encoded).map_err(|_| ApiError::MalformedBody)
}

async fn whole(mut payload: Payload, limit: usize) -> Result<Bytes, ApiError> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| ApiError::MalformedBody)?;
        if bytes.len() + chunk.len() > limit {
            return Err(ApiError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}
