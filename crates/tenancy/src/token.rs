//! Random secrets that are handed out once, and what is kept of them.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use belfry_model::Secret;

use crate::{Error, Result};

/// A secret that nobody has seen yet, with the SHA-256 that is kept of it.
#[derive(Debug)]
pub struct Fresh {
    pub secret: Secret,
    pub hash: Vec<u8>,
}

impl Fresh {
    /// 256 random bits in URL-safe base64: 43 characters that need no escaping anywhere.
    pub fn token() -> Result<Self> {
        Ok(Self::of(BASE64_URL_SAFE_NO_PAD.encode(random::<32>()?)))
    }

    pub(crate) fn of(text: String) -> Self {
        Self { hash: hash(&text), secret: Secret::new(text) }
    }
}

/// SHA-256 and no slow hash: what is hashed here is random enough that it can't be guessed.
pub fn hash(secret: &str) -> Vec<u8> {
    openssl::sha::sha256(secret.as_bytes()).to_vec()
}

/// Bytes from OpenSSL's generator. Not injected: no test may ever predict a credential.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    openssl::rand::rand_bytes(&mut bytes).map_err(Error::Random)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tokens_differ_and_only_their_hash_is_kept() {
        let (one, other) = (Fresh::token().unwrap(), Fresh::token().unwrap());
        assert_ne!(one.secret, other.secret);
        assert_eq!(one.secret.expose().len(), 43);
        assert_eq!(one.hash, hash(one.secret.expose()));
        assert!(!format!("{one:?}").contains(one.secret.expose()));
    }
}
