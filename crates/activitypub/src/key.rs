//! Keys: RSA-2048, which every peer verifies, and Ed25519 for object proofs.
//!
//! Parsing a PEM costs more than signing with it: callers keep parsed keys.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{Id, PKey, Private, Public};
use openssl::rsa::Rsa;
use openssl::sign::{Signer, Verifier};

/// Fewer bits can be broken; more than this only cost us time.
const RSA_BITS: std::ops::RangeInclusive<u32> = 2048..=8192;

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key isn't PEM of an RSA or Ed25519 key")]
    Unreadable(#[source] ErrorStack),
    #[error("an RSA key of {0} bits: between 2048 and 8192 are accepted")]
    Size(u32),
    #[error("the key is neither RSA nor Ed25519")]
    Kind,
    #[error("signing failed")]
    Signing(#[source] ErrorStack),
    #[error("making a key failed")]
    Generating(#[source] ErrorStack),
}

/// A private key and the id by which peers find its public half.
#[derive(Clone)]
pub struct SigningKey {
    key_id: String,
    key: PKey<Private>,
}

impl SigningKey {
    pub fn from_pem(key_id: impl Into<String>, private_pem: &str) -> Result<Self, KeyError> {
        let key = match rsa_of_pkcs8(private_pem) {
            Some(key) => key,
            None => PKey::private_key_from_pem(private_pem.as_bytes()).map_err(KeyError::Unreadable)?,
        };
        match key.id() {
            Id::RSA | Id::ED25519 => Ok(Self { key_id: key_id.into(), key }),
            _ => Err(KeyError::Kind),
        }
    }

    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// PKCS#1 v1.5 with SHA-256 for RSA; plain Ed25519 otherwise.
    pub fn sign(&self, data: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut signer = if self.key.id() == Id::RSA {
            Signer::new(MessageDigest::sha256(), &self.key)
        } else {
            Signer::new_without_digest(&self.key)
        }
        .map_err(KeyError::Signing)?;
        signer.sign_oneshot_to_vec(data).map_err(KeyError::Signing)
    }

    /// The public half as SPKI PEM.
    pub fn public_pem(&self) -> Result<String, KeyError> {
        let pem = self.key.public_key_to_pem().map_err(KeyError::Unreadable)?;
        Ok(String::from_utf8_lossy(&pem).into_owned())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

/// The PKCS#1 key within PKCS#8 (RFC 5208 §5) of an RSA key of 2048 bits, as we make them:
/// OpenSSL 3 searches its decoders for longer than it signs, unless it is told what to read.
/// `None` for anything else.
fn rsa_of_pkcs8(pem: &str) -> Option<PKey<Private>> {
    // SEQUENCE of two length bytes, version 0, rsaEncryption with NULL, OCTET STRING likewise.
    const HEADER: [u8; 22] =
        [2, 1, 0, 0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0, 4, 0x82, 0, 0];
    let body = pem.trim().strip_prefix("-----BEGIN PRIVATE KEY-----")?;
    let text: String = body.strip_suffix("-----END PRIVATE KEY-----")?.split_ascii_whitespace().collect();
    let der = STANDARD.decode(text).ok()?;
    let (outer, rest) = der.split_at_checked(4)?;
    let (header, key) = rest.split_at_checked(HEADER.len())?;
    let fits = outer.starts_with(&[0x30, 0x82]) && header.get(..20)? == HEADER.get(..20)?;
    if !fits {
        return None;
    }
    Rsa::private_key_from_der(key).and_then(PKey::from_rsa).ok()
}

/// A parsed public key.
#[derive(Debug, Clone)]
pub struct PublicKey(PKey<Public>);

impl PublicKey {
    /// SPKI (`BEGIN PUBLIC KEY`) or PKCS#1 (`BEGIN RSA PUBLIC KEY`).
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let key = if pem.contains("BEGIN RSA PUBLIC KEY") {
            Rsa::public_key_from_pem_pkcs1(pem.as_bytes()).and_then(PKey::from_rsa)
        } else {
            PKey::public_key_from_pem(pem.as_bytes())
        }
        .map_err(KeyError::Unreadable)?;
        match key.id() {
            Id::RSA if RSA_BITS.contains(&key.bits()) => Ok(Self(key)),
            Id::RSA => Err(KeyError::Size(key.bits())),
            Id::ED25519 => Ok(Self(key)),
            _ => Err(KeyError::Kind),
        }
    }

    /// Whether `signature` over `data` was made with the private half. Anything that goes
    /// wrong on the way is a no.
    pub fn verify(&self, data: &[u8], signature: &[u8]) -> bool {
        let verifier = if self.0.id() == Id::RSA {
            Verifier::new(MessageDigest::sha256(), &self.0)
        } else {
            Verifier::new_without_digest(&self.0)
        };
        verifier.and_then(|mut verifier| verifier.verify_oneshot(signature, data)).unwrap_or(false)
    }
}

/// A new key pair. The private half must be sealed before it is stored anywhere.
#[derive(Clone)]
pub struct KeyPair {
    /// PKCS#8.
    pub private_pem: String,
    /// SPKI.
    pub public_pem: String,
}

impl KeyPair {
    /// Takes some 0.2 s of computing: keep it off the path of a request.
    pub fn rsa_2048() -> Result<Self, KeyError> {
        Rsa::generate(2048)
            .and_then(PKey::from_rsa)
            .and_then(|key| Self::of(&key))
            .map_err(KeyError::Generating)
    }

    pub fn ed25519() -> Result<Self, KeyError> {
        PKey::generate_ed25519().and_then(|key| Self::of(&key)).map_err(KeyError::Generating)
    }

    fn of(key: &PKey<Private>) -> Result<Self, ErrorStack> {
        let text = |pem: Vec<u8>| String::from_utf8_lossy(&pem).into_owned();
        Ok(Self {
            private_pem: text(key.private_key_to_pem_pkcs8()?),
            public_pem: text(key.public_key_to_pem()?),
        })
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("public_pem", &self.public_pem).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_new_pair_signs_its_public_half_verifies() {
        for pair in [KeyPair::rsa_2048().unwrap(), KeyPair::ed25519().unwrap()] {
            let signing = SigningKey::from_pem("https://a.example/u#main-key", &pair.private_pem).unwrap();
            let public = PublicKey::from_pem(&pair.public_pem).unwrap();
            let signature = signing.sign(b"text").unwrap();
            assert!(public.verify(b"text", &signature));
            assert!(!public.verify(b"test", &signature));
            assert!(!public.verify(b"text", b""));
            assert_eq!(signing.public_pem().unwrap(), pair.public_pem);
        }
    }

    #[test]
    fn our_own_keys_are_read_without_a_search_and_others_all_the_same() {
        let rsa = KeyPair::rsa_2048().unwrap().private_pem;
        assert!(rsa_of_pkcs8(&rsa).is_some());
        let short = rsa.replacen("MIIE", "MIIF", 1);
        for other in [KeyPair::ed25519().unwrap().private_pem, short, "text".into(), String::new()] {
            assert!(rsa_of_pkcs8(&other).is_none() || SigningKey::from_pem("x", &other).is_ok());
        }
        let pkcs1 = Rsa::generate(2048).unwrap().private_key_to_pem().unwrap();
        assert!(SigningKey::from_pem("x", std::str::from_utf8(&pkcs1).unwrap()).is_ok());
    }

    #[test]
    fn a_pkcs1_public_key_is_read_too() {
        let rsa = Rsa::generate(2048).unwrap();
        let pem = String::from_utf8(rsa.public_key_to_pem_pkcs1().unwrap()).unwrap();
        assert!(pem.contains("BEGIN RSA PUBLIC KEY"));
        assert!(PublicKey::from_pem(&pem).is_ok());
    }

    #[test]
    fn weak_and_foreign_keys_are_refused() {
        let weak = PKey::from_rsa(Rsa::generate(1024).unwrap()).unwrap();
        let pem = String::from_utf8(weak.public_key_to_pem().unwrap()).unwrap();
        assert!(matches!(PublicKey::from_pem(&pem), Err(KeyError::Size(1024))));
        assert!(matches!(PublicKey::from_pem("not a key"), Err(KeyError::Unreadable(_))));
    }

    #[test]
    fn a_private_key_is_never_shown() {
        let pair = KeyPair::ed25519().unwrap();
        let signing = SigningKey::from_pem("https://a.example/u#main-key", &pair.private_pem).unwrap();
        assert!(!format!("{pair:?} {signing:?}").contains("PRIVATE"));
    }
}
