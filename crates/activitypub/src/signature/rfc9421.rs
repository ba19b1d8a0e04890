//! HTTP Message Signatures (RFC 9421) in the form that Mastodon takes: one signature over
//! `@method`, `@target-uri` and `content-digest`, with `created` and `keyid`.

use chrono::{DateTime, Utc};
use http::header::{CONTENT_TYPE, DATE, HOST};
use http::{HeaderMap, HeaderName, HeaderValue};
use sfv::{DictSerializer, KeyRef, ListSerializer, StringRef};
use url::Url;

use super::SignError;
use crate::key::SigningKey;
use crate::{date, digest, uri};

const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");
const SIGNATURE: HeaderName = HeaderName::from_static("signature");
const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");
const LABEL: &str = "sig1";

/// The headers of a signed POST. `body_digest` is [`crate::digest::header`] of the body.
pub fn sign_post(
    key: &SigningKey,
    url: &Url,
    body_digest: &str,
    now: DateTime<Utc>,
) -> Result<HeaderMap, SignError> {
    if !url.has_host() {
        return Err(SignError::NoHost);
    }
    let content_digest = digest::content_digest(body_digest).ok_or(SignError::Header("content-digest"))?;
    let target = uri::without_fragment(url.as_str());
    let components =
        [("@method", "POST"), ("@target-uri", target), ("content-digest", content_digest.as_str())];
    let parameters = parameters(components.map(|(name, _)| name), now.timestamp(), key.key_id())?;
    let signature = key.sign(base(&components, &parameters).as_bytes())?;

    let mut headers = HeaderMap::new();
    headers.insert(HOST, value(&uri::host(url), "host")?);
    headers.insert(DATE, value(&date::http(now), "date")?);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(crate::CONTENT_TYPE));
    headers.insert(CONTENT_DIGEST, value(&content_digest, "content-digest")?);
    headers.insert(SIGNATURE_INPUT, value(&format!("{LABEL}={parameters}"), "signature-input")?);
    headers.insert(SIGNATURE, value(&dictionary(&signature)?, "signature")?);
    Ok(headers)
}

/// `("@method" …);created=…;keyid="…"`, the value of `@signature-params` (RFC 9421 §2.3).
fn parameters<const N: usize>(names: [&str; N], created: i64, key_id: &str) -> Result<String, SignError> {
    let wrong = |_| SignError::Header("signature-input");
    let mut list = ListSerializer::new();
    let mut inner = list.inner_list();
    for name in names {
        inner.bare_item(StringRef::from_str(name).map_err(wrong)?);
    }
    inner
        .finish()
        .parameter(
            KeyRef::from_str("created").map_err(wrong)?,
            sfv::Integer::try_from(created).map_err(|_| SignError::Header("signature-input"))?,
        )
        .parameter(KeyRef::from_str("keyid").map_err(wrong)?, StringRef::from_str(key_id).map_err(wrong)?);
    list.finish().ok_or(SignError::Header("signature-input"))
}

/// `sig1=:…:`
fn dictionary(signature: &[u8]) -> Result<String, SignError> {
    let mut dictionary = DictSerializer::new();
    let label = KeyRef::from_str(LABEL).map_err(|_| SignError::Header("signature"))?;
    dictionary.bare_item(label, signature);
    dictionary.finish().ok_or(SignError::Header("signature"))
}

/// The signature base (RFC 9421 §2.5): one line for each component, the parameters last.
pub fn base(components: &[(&str, &str)], parameters: &str) -> String {
    let mut lines: Vec<String> =
        components.iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
    lines.push(format!("\"@signature-params\": {parameters}"));
    lines.join("\n")
}

fn value(text: &str, name: &'static str) -> Result<HeaderValue, SignError> {
    HeaderValue::from_str(text).map_err(|_| SignError::Header(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use crate::key::{KeyPair, PublicKey};

    /// RFC 9421 appendix B.2.6.
    #[test]
    fn the_specifications_own_example_comes_out_to_the_byte() {
        let private = "-----BEGIN PRIVATE KEY-----\n\
             MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n";
        let key = SigningKey::from_pem("test-key-ed25519", private).unwrap();
        let components = [
            ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            ("@method", "POST"),
            ("@path", "/foo"),
            ("@authority", "example.com"),
            ("content-type", "application/json"),
            ("content-length", "18"),
        ];
        let parameters = parameters(components.map(|(name, _)| name), 1_618_884_473, key.key_id()).unwrap();
        assert_eq!(
            parameters,
            "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")\
             ;created=1618884473;keyid=\"test-key-ed25519\""
        );
        let signature = key.sign(base(&components, &parameters).as_bytes()).unwrap();
        assert_eq!(
            dictionary(&signature).unwrap(),
            "sig1=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"
        );
    }

    #[test]
    fn a_post_has_one_signature_over_method_target_and_digest() {
        let pair = KeyPair::rsa_2048().unwrap();
        let key = SigningKey::from_pem("https://moe.example/users/moe#main-key", &pair.private_pem).unwrap();
        let url = Url::parse("https://a.example/inbox?x=1").unwrap();
        let now = DateTime::from_timestamp(1_769_860_800, 0).unwrap();
        let headers = sign_post(&key, &url, &digest::header(b"{}"), now).unwrap();
        let parameters = "(\"@method\" \"@target-uri\" \"content-digest\");created=1769860800\
                          ;keyid=\"https://moe.example/users/moe#main-key\"";
        assert_eq!(headers["signature-input"], format!("sig1={parameters}"));
        let digest = headers["content-digest"].to_str().unwrap();
        let expected = format!(
            "\"@method\": POST\n\"@target-uri\": https://a.example/inbox?x=1\n\"content-digest\": {digest}\n\
             \"@signature-params\": {parameters}"
        );
        let signature = headers["signature"].to_str().unwrap();
        let bytes = STANDARD.decode(signature.trim_start_matches("sig1=:").trim_end_matches(':')).unwrap();
        assert!(PublicKey::from_pem(&pair.public_pem).unwrap().verify(expected.as_bytes(), &bytes));
    }
}
