//! OAuth 2.0 on every tenant's host: apps, codes and tokens belong to that one host.
//!
//! Invariant: nothing is sent to a redirect address that the app has not registered, not even
//! an error.

pub mod authorize;
pub mod error;
pub mod metadata;
pub mod revoke;
pub mod token;
pub mod userinfo;

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use belfry_model::Secret;

/// An app's own credentials: HTTP Basic (RFC 6749 §2.3.1), or in the body as clients do.
#[derive(Debug)]
pub struct ClientCredentials {
    pub id: String,
    pub secret: Secret,
}

impl ClientCredentials {
    /// `None` without both halves.
    pub fn of(request: &HttpRequest, id: Option<String>, secret: Option<Secret>) -> Option<Self> {
        basic(request).or_else(|| Some(Self { id: id?, secret: secret? }))
    }
}

fn basic(request: &HttpRequest) -> Option<ClientCredentials> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some(ClientCredentials { id: id.to_owned(), secret: Secret::new(secret) })
}
