//! Forms that only our own pages can send.
//!
//! Two checks, both needed: the `Origin` is exactly this host's (sibling hosts are same-site, so
//! `SameSite` does not tell them apart), and the form holds the token that belongs to this
//! browser's secret cookie and to its session. A handler gets a form only as [`CheckedForm`],
//! so that none can be written without.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::header::ORIGIN;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;

use crate::Page;
use crate::view::ErrorKind;

/// The field that `<csrf>` in the templates writes.
const FIELD: &str = "csrf_token";
/// Forms of ours are short; a consent page carries an app's own parameters.
const LARGEST_FORM: usize = 64 * 1024;

/// A form whose origin and token were right, with its page for the answer.
#[derive(Debug)]
pub struct CheckedForm<T> {
    pub form: T,
    pub page: Page,
}

/// A new secret for the cookie.
pub(crate) fn secret() -> Result<String, openssl::error::ErrorStack> {
    let mut bytes = [0; 32];
    openssl::rand::rand_bytes(&mut bytes)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// The token in the form. Bound to the session, so that one from before signing in, or of
/// somebody else's session, is worth nothing.
pub(crate) fn token(secret: &str, session: Option<&str>) -> String {
    let mut hasher = openssl::sha::Sha256::new();
    for part in ["belfry-csrf-1", secret, session.unwrap_or_default()] {
        // With its length before it no part can flow into the next.
        hasher.update(&(part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    BASE64_URL_SAFE_NO_PAD.encode(hasher.finish())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    Origin,
    Token,
    Malformed,
}

fn check(page: &Page, request: &HttpRequest, body: &[u8]) -> Result<(), Refusal> {
    if !is_own_origin(page, request) {
        return Err(Refusal::Origin);
    }
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(body).map_err(|_| Refusal::Malformed)?;
    if is_own_token(page, &fields) { Ok(()) } else { Err(Refusal::Token) }
}

pub(crate) fn is_own_origin(page: &Page, request: &HttpRequest) -> bool {
    let origin = request.headers().get(ORIGIN).and_then(|value| value.to_str().ok());
    origin == Some(page.origin().as_str())
}

pub(crate) fn is_own_token(page: &Page, fields: &[(String, String)]) -> bool {
    let Some(expected) = page.csrf_token() else { return false };
    let given = fields.iter().find(|(name, _)| name == FIELD).map(|(_, value)| value.as_bytes());
    // Of equal length first: the comparison is constant in time for such only.
    given
        .is_some_and(|given| given.len() == expected.len() && openssl::memcmp::eq(given, expected.as_bytes()))
}

impl<T: DeserializeOwned + 'static> FromRequest for CheckedForm<T> {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let page = Page::extract(&request).await?;
            let refuse = |page: &Page, kind: ErrorKind, reason: &'static str| {
                tracing::info!(reason, "a form was refused");
                InternalError::from_response(reason, page.error(kind)).into()
            };
            let is_form = request.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded");
            let body = match Bytes::from_request(&request, &mut payload).await {
                Ok(body) if is_form && body.len() <= LARGEST_FORM => body,
                Ok(_) | Err(_) => return Err(refuse(&page, ErrorKind::BadRequest, "not a form of ours")),
            };
            match check(&page, &request, &body) {
                Ok(()) => {}
                Err(Refusal::Origin) => return Err(refuse(&page, ErrorKind::FormExpired, "foreign origin")),
                Err(Refusal::Token) => return Err(refuse(&page, ErrorKind::FormExpired, "wrong token")),
                Err(Refusal::Malformed) => {
                    return Err(refuse(&page, ErrorKind::BadRequest, "malformed form"));
                }
            }
            match serde_urlencoded::from_bytes(&body) {
                Ok(form) => Ok(Self { form, page }),
                Err(_) => Err(refuse(&page, ErrorKind::BadRequest, "incomplete form")),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_one_secret_and_one_session() {
        let token_of = |secret: &str, session: Option<&str>| token(secret, session);
        assert_eq!(token_of("a", Some("s")), token_of("a", Some("s")));
        assert_ne!(token_of("a", Some("s")), token_of("a", None));
        assert_ne!(token_of("a", Some("s")), token_of("b", Some("s")));
        assert_ne!(token_of("as", None), token_of("a", Some("s")));
    }
}
