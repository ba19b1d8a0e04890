//! Sealing with AES-256-GCM. What a sealed thing is for is authenticated with it, so that a
//! row copied to another place opens as nothing.
//!
//! Shape: format (1 byte, 1) | version of the sealing key (4, big-endian) | nonce (12) | tag (16) | ciphertext.

use std::fmt;

use belfry_model::{ActorId, TenantId};
use openssl::symm::{Cipher, decrypt_aead, encrypt_aead};

use super::KeysError;
use crate::{Result, token};

const FORMAT: u8 = 1;
const NONCE: usize = 12;
const TAG: usize = 16;

/// A key that seals. The platform key has version 0.
pub(super) struct Key {
    pub bytes: [u8; 32],
    pub version: i32,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("version", &self.version).finish_non_exhaustive()
    }
}

/// What something is sealed for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Context<'a> {
    Tenant {
        tenant: TenantId,
        version: i32,
    },
    Actor {
        tenant: TenantId,
        actor: ActorId,
    },
    /// A letter that waits to be sent, bound to its row.
    Letter {
        reference: &'a str,
    },
    /// What a tenant keeps for itself; `what` names the one thing that it is for.
    Held {
        tenant: TenantId,
        what: &'a str,
    },
    /// Bound to its public half, since a pooled pair is nobody's yet.
    Pool {
        public_pem: &'a str,
    },
}

impl Context<'_> {
    fn aad(self, version: i32) -> Vec<u8> {
        match self {
            Self::Tenant { tenant, version: own } => format!("belfry tenant-key {tenant} {own} by {version}"),
            Self::Actor { tenant, actor } => format!("belfry actor-key {tenant} {actor} by {version}"),
            Self::Letter { reference } => format!("belfry letter {reference} by {version}"),
            Self::Held { tenant, what } => format!("belfry held {tenant} {what} by {version}"),
            Self::Pool { public_pem } => format!("belfry key-pool {public_pem} by {version}"),
        }
        .into_bytes()
    }
}

pub(super) fn seal(key: &Key, plain: &[u8], context: Context<'_>) -> Result<Vec<u8>> {
    let nonce = token::random::<NONCE>()?;
    let mut tag = [0; TAG];
    let aad = context.aad(key.version);
    let ciphertext = encrypt_aead(Cipher::aes_256_gcm(), &key.bytes, Some(&nonce), &aad, plain, &mut tag)
        .map_err(KeysError::Sealing)?;
    let mut sealed = Vec::with_capacity(5 + NONCE + TAG + ciphertext.len());
    sealed.push(FORMAT);
    sealed.extend_from_slice(&key.version.to_be_bytes());
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&tag);
    sealed.extend_from_slice(&ciphertext);
    Ok(sealed)
}

/// `None` for whatever reason: which one would only help somebody who tries.
pub(super) fn open(key: &Key, sealed: &[u8], context: Context<'_>) -> Option<Vec<u8>> {
    if version_of(sealed)? != key.version {
        return None;
    }
    let (nonce, rest) = sealed.get(5..)?.split_at_checked(NONCE)?;
    let (tag, ciphertext) = rest.split_at_checked(TAG)?;
    let aad = context.aad(key.version);
    decrypt_aead(Cipher::aes_256_gcm(), &key.bytes, Some(nonce), &aad, ciphertext, tag).ok()
}

/// Which version of the key seals it.
pub(super) fn version_of(sealed: &[u8]) -> Option<i32> {
    let (&format, rest) = sealed.split_first()?;
    let version = rest.get(..4)?.try_into().ok()?;
    (format == FORMAT).then_some(i32::from_be_bytes(version))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = Key { bytes: [7; 32], version: 3 };
    const HOME: Context<'_> = Context::Actor { tenant: TenantId(1), actor: ActorId(10) };

    #[test]
    fn what_was_sealed_opens_again() {
        let sealed = seal(&KEY, b"private", HOME).unwrap();
        assert_eq!(version_of(&sealed), Some(3));
        assert_eq!(open(&KEY, &sealed, HOME).as_deref(), Some(&b"private"[..]));
    }

    #[test]
    fn what_is_sealed_for_one_tenant_opens_for_no_other() {
        let sealed = seal(&KEY, b"private", HOME).unwrap();
        for foreign in [
            Context::Actor { tenant: TenantId(2), actor: ActorId(10) },
            Context::Actor { tenant: TenantId(1), actor: ActorId(11) },
            Context::Tenant { tenant: TenantId(1), version: 3 },
        ] {
            assert_eq!(open(&KEY, &sealed, foreign), None, "{foreign:?}");
        }
    }

    #[test]
    fn a_changed_byte_anywhere_opens_nothing() {
        let sealed = seal(&KEY, b"private", HOME).unwrap();
        for position in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[position] ^= 1;
            assert_eq!(open(&KEY, &changed, HOME), None, "byte {position}");
        }
        for length in 0..sealed.len() {
            assert_eq!(open(&KEY, &sealed[..length], HOME), None, "cut to {length}");
        }
    }
}
