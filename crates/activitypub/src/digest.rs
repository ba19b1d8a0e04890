//! The digest of a body: `Digest: SHA-256=…` (draft-cavage) and `Content-Digest: sha-256=:…:`
//! (RFC 9530).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DigestError {
    #[error("the Digest header has no SHA-256 digest")]
    Missing,
    #[error("the SHA-256 digest isn't base64 of 32 bytes")]
    Malformed,
    #[error("the body isn't the one that the Digest header describes")]
    Mismatch,
}

/// The value of the Digest header for a body.
pub fn header(body: &[u8]) -> String {
    format!("SHA-256={}", STANDARD.encode(openssl::sha::sha256(body)))
}

/// The value of the Content-Digest header for the same body, from its Digest header.
pub fn content_digest(digest: &str) -> Option<String> {
    let hash = sha256_of(digest).ok()?;
    Some(format!("sha-256=:{}:", STANDARD.encode(hash)))
}

/// Checks a body against a Digest header. The header may hold several digests; the SHA-256
/// ones count, in any case, and all of them must match.
pub fn verify(header: &str, body: &[u8]) -> Result<(), DigestError> {
    let claimed = sha256_of(header)?;
    if openssl::memcmp::eq(&claimed, &openssl::sha::sha256(body)) {
        Ok(())
    } else {
        Err(DigestError::Mismatch)
    }
}

fn sha256_of(header: &str) -> Result<[u8; 32], DigestError> {
    let mut found = None;
    for part in header.split(',') {
        let Some((algorithm, value)) = part.split_once('=') else { continue };
        if !algorithm.trim().eq_ignore_ascii_case("sha-256") {
            continue;
        }
        let bytes = STANDARD.decode(value.trim()).map_err(|_| DigestError::Malformed)?;
        let hash: [u8; 32] = bytes.try_into().map_err(|_| DigestError::Malformed)?;
        if found.is_some_and(|earlier| earlier != hash) {
            return Err(DigestError::Mismatch);
        }
        found = Some(hash);
    }
    found.ok_or(DigestError::Missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 3230 and of every draft since.
    const BODY: &[u8] = b"{\"hello\": \"world\"}";
    const DIGEST: &str = "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=";

    #[test]
    fn a_body_has_the_digest_that_the_specification_says() {
        assert_eq!(header(BODY), DIGEST);
        assert_eq!(content_digest(DIGEST).unwrap(), "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
    }

    #[test]
    fn the_algorithm_may_be_in_any_case_and_among_others() {
        let lower = DIGEST.replace("SHA", "sha");
        assert_eq!(verify(&lower, BODY), Ok(()));
        assert_eq!(verify(&format!("unixsum=30637, {DIGEST}"), BODY), Ok(()));
    }

    #[test]
    fn a_wrong_or_missing_digest_is_refused() {
        assert_eq!(verify(DIGEST, b"{}"), Err(DigestError::Mismatch));
        assert_eq!(verify("SHA-512=AAAA", BODY), Err(DigestError::Missing));
        assert_eq!(verify("", BODY), Err(DigestError::Missing));
        assert_eq!(verify("SHA-256=***", BODY), Err(DigestError::Malformed));
        assert_eq!(verify("SHA-256=AAAA", BODY), Err(DigestError::Malformed));
        let other = header(b"{}");
        assert_eq!(verify(&format!("{DIGEST},{other}"), BODY), Err(DigestError::Mismatch));
    }
}
