//! Passwords: argon2id, on threads where waiting hurts nobody.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use belfry_model::Secret;
use tokio::sync::{OnceCell, Semaphore};

use crate::{Error, Result, token};

/// Each takes 19 MiB and some 30 ms of one core: a flood of sign-ins waits in line rather
/// than taking the machine.
const AT_ONCE: usize = 4;

/// Longer ones would only cost us work (NIST SP 800-63B §3.1.1.2 asks for at least 64).
const MAX_LENGTH: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnfitPassword {
    #[error("the password is too short: it needs at least {min} characters")]
    TooShort { min: usize },
    #[error("the password is too long: at most {max} characters")]
    TooLong { max: usize },
}

/// Hashes and verifies; cheap to clone, and clones wait in the same line.
#[derive(Debug, Clone)]
pub(crate) struct Passwords {
    line: Arc<Semaphore>,
    /// A hash of a password that nobody has, for people who don't exist.
    decoy: Arc<OnceCell<String>>,
    min_length: usize,
}

impl Passwords {
    pub(crate) fn new(min_length: usize) -> Self {
        Self { line: Arc::new(Semaphore::new(AT_ONCE)), decoy: Arc::default(), min_length }
    }

    pub(crate) fn check(&self, password: &Secret) -> Result<(), UnfitPassword> {
        let length = password.expose().chars().count();
        if length < self.min_length {
            return Err(UnfitPassword::TooShort { min: self.min_length });
        }
        if length > MAX_LENGTH {
            return Err(UnfitPassword::TooLong { max: MAX_LENGTH });
        }
        Ok(())
    }

    /// A PHC string with a salt of its own.
    pub(crate) async fn hash(&self, password: Secret) -> Result<String> {
        self.work(move || {
            let hash: PasswordHash = Argon2::default().hash_password(password.expose().as_bytes())?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Without a hash (nobody is called that, or they never set a password) the same work is
    /// done and the answer is no: how long it takes tells nobody who exists.
    pub(crate) async fn verify(&self, password: &Secret, hash: Option<String>) -> Result<bool> {
        if password.expose().chars().count() > MAX_LENGTH {
            return Ok(false);
        }
        let real = hash.is_some();
        let hash = match hash {
            Some(hash) => hash,
            None => self.decoy.get_or_try_init(|| self.decoy_hash()).await?.clone(),
        };
        let password = password.clone();
        let matches = self
            .work(move || {
                let parsed = PasswordHash::new(&hash)
                    .map_err(|_| Error::Inconsistent("a stored password hash is no PHC string".to_owned()))?;
                Ok(Argon2::default().verify_password(password.expose().as_bytes(), &parsed).is_ok())
            })
            .await?;
        Ok(matches && real)
    }

    async fn decoy_hash(&self) -> Result<String> {
        self.hash(token::Fresh::token()?.secret).await
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        // The semaphore is never closed, so acquiring never fails; without a place we would only be hasty.
        let _place = self.line.acquire().await.ok();
        tokio::task::spawn_blocking(work).await?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new(text)
    }

    #[tokio::test]
    async fn a_password_verifies_against_its_own_hash_only() {
        let passwords = Passwords::new(12);
        let hash = passwords.hash(secret("correct horse battery")).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(passwords.verify(&secret("correct horse battery"), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify(&secret("correct horse"), Some(hash)).await.unwrap());
        assert!(!passwords.verify(&secret("correct horse battery"), None).await.unwrap());
    }

    #[test]
    fn length_is_counted_in_characters() {
        let passwords = Passwords::new(12);
        assert_eq!(passwords.check(&secret("kort")), Err(UnfitPassword::TooShort { min: 12 }));
        assert_eq!(passwords.check(&secret("\u{e9}".repeat(12).as_str())), Ok(()));
        assert_eq!(passwords.check(&secret(&"x".repeat(257))), Err(UnfitPassword::TooLong { max: 256 }));
    }
}
