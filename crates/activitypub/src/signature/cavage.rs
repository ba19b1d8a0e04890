//! draft-cavage-http-signatures: `(request-target) host date digest content-type` on POST,
//! `(request-target) host date accept` on GET.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use http::header::{ACCEPT, CONTENT_TYPE, DATE, HOST};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::SignError;
use crate::key::{PublicKey, SigningKey};
use crate::{date, synchronisation, uri};

const DIGEST: HeaderName = HeaderName::from_static("digest");
const SIGNATURE: HeaderName = HeaderName::from_static("signature");
const SYNCHRONISATION: HeaderName = HeaderName::from_static(synchronisation::HEADER);

/// The headers of a signed POST, Host and Signature among them. `digest` is [`crate::digest::header`]
/// of the body, `sync` the value of the header of FEP-8fcf, which is signed as well.
pub fn sign_post(
    key: &SigningKey,
    url: &Url,
    digest: &str,
    sync: Option<&str>,
    now: DateTime<Utc>,
) -> Result<HeaderMap, SignError> {
    let mut headers = common(url, now)?;
    if let Some(text) = sync {
        headers.insert(SYNCHRONISATION, value(text, synchronisation::HEADER)?);
    }
    headers.insert(DIGEST, value(digest, "digest")?);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(crate::CONTENT_TYPE));
    sign(key, "POST", url, headers)
}

/// The headers of a signed GET for an ActivityPub document.
pub fn sign_get(key: &SigningKey, url: &Url, now: DateTime<Utc>) -> Result<HeaderMap, SignError> {
    let mut headers = common(url, now)?;
    headers.insert(ACCEPT, HeaderValue::from_static(crate::ACCEPT));
    sign(key, "GET", url, headers)
}

/// Whether `signature` (base64, as the header has it) over the signing string was made by the
/// owner of `key`.
pub fn verify(key: &PublicKey, signing_string: &str, signature: &str) -> bool {
    STANDARD.decode(signature).is_ok_and(|signature| key.verify(signing_string.as_bytes(), &signature))
}

fn common(url: &Url, now: DateTime<Utc>) -> Result<HeaderMap, SignError> {
    if !url.has_host() {
        return Err(SignError::NoHost);
    }
    let mut headers = HeaderMap::new();
    headers.insert(HOST, value(&uri::host(url), "host")?);
    headers.insert(DATE, value(&date::http(now), "date")?);
    Ok(headers)
}

/// Signs all headers that are given.
fn sign(key: &SigningKey, method: &str, url: &Url, mut headers: HeaderMap) -> Result<HeaderMap, SignError> {
    let signed: BTreeMap<String, String> = headers
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let header = http_signature_normalization::Config::new()
        .mastodon_compat()
        .begin_sign(method, &target(url), signed)
        .map_err(|_| SignError::SigningString)?
        .sign(key.key_id().to_owned(), |text| key.sign(text.as_bytes()).map(|bytes| STANDARD.encode(bytes)))?
        .signature_header();
    headers.insert(SIGNATURE, value(&header, "signature")?);
    Ok(headers)
}

fn target(url: &Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

fn value(text: &str, name: &'static str) -> Result<HeaderValue, SignError> {
    HeaderValue::from_str(text).map_err(|_| SignError::Header(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::KeyPair;

    const NOW: i64 = 1_769_860_800;

    fn keys() -> (SigningKey, PublicKey) {
        let pair = KeyPair::rsa_2048().unwrap();
        let key = SigningKey::from_pem("https://moe.example/users/moe#main-key", &pair.private_pem).unwrap();
        (key, PublicKey::from_pem(&pair.public_pem).unwrap())
    }

    fn parameter<'a>(header: &'a str, name: &str) -> &'a str {
        let (_, rest) = header.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0
    }

    #[test]
    fn a_post_signs_target_host_date_digest_and_type() {
        let (key, public) = keys();
        let url = Url::parse("https://a.example:8443/users/x/inbox?y=1").unwrap();
        let digest = crate::digest::header(b"{}");
        let headers =
            sign_post(&key, &url, &digest, None, DateTime::from_timestamp(NOW, 0).unwrap()).unwrap();
        assert_eq!(headers["host"], "a.example:8443");
        assert_eq!(headers["date"], "Sat, 31 Jan 2026 12:00:00 GMT");
        assert_eq!(headers["content-type"], "application/activity+json");
        let signature = headers["signature"].to_str().unwrap();
        assert_eq!(parameter(signature, "keyId"), "https://moe.example/users/moe#main-key");
        assert_eq!(parameter(signature, "headers"), "(request-target) content-type date digest host");
        let text = format!(
            "(request-target): post /users/x/inbox?y=1\ncontent-type: application/activity+json\n\
             date: Sat, 31 Jan 2026 12:00:00 GMT\ndigest: {digest}\nhost: a.example:8443"
        );
        assert!(verify(&public, &text, parameter(signature, "signature")));
        assert!(!verify(&public, &text.replace("y=1", "y=2"), parameter(signature, "signature")));
        assert!(!verify(&public, &text, "not base64"));
    }

    #[test]
    fn what_is_said_of_followers_is_signed() {
        let (key, _) = keys();
        let url = Url::parse("https://a.example/inbox").unwrap();
        let now = DateTime::from_timestamp(NOW, 0).unwrap();
        let headers = sign_post(&key, &url, "SHA-256=x", Some("url=\"x\""), now).unwrap();
        assert_eq!(headers["collection-synchronization"], "url=\"x\"");
        let signature = headers["signature"].to_str().unwrap();
        assert!(parameter(signature, "headers").contains("collection-synchronization"), "{signature}");
    }

    #[test]
    fn a_get_signs_target_host_date_and_accept() {
        let (key, public) = keys();
        let url = Url::parse("https://a.example/users/x").unwrap();
        let headers = sign_get(&key, &url, DateTime::from_timestamp(NOW, 0).unwrap()).unwrap();
        let signature = headers["signature"].to_str().unwrap();
        assert_eq!(parameter(signature, "headers"), "(request-target) accept date host");
        let text = format!(
            "(request-target): get /users/x\naccept: {}\ndate: Sat, 31 Jan 2026 12:00:00 GMT\nhost: a.example",
            crate::ACCEPT
        );
        assert!(verify(&public, &text, parameter(signature, "signature")));
    }
}
