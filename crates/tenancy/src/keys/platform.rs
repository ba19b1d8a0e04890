//! The platform key: 32 random bytes in a file that only the platform may read.

use std::fmt;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::Keys;
use super::seal::Key;
use crate::token;

#[derive(Debug, thiserror::Error)]
pub enum PlatformKeyError {
    #[error("the platform key `{path}` (`keys.platform_key_file`) can't be read")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error(
        "the platform key `{path}` (`keys.platform_key_file`) must hold 32 bytes in base64 or hex, as \
         `openssl rand -base64 32` makes them"
    )]
    Malformed { path: PathBuf },
    #[error("the platform key `{path}` is there already and is not replaced: it opens what it has sealed")]
    Exists { path: PathBuf },
    #[error("the platform key `{path}` can't be written")]
    Unwritable { path: PathBuf, source: std::io::Error },
    #[error("the machine gives no random bytes")]
    Random(#[source] Box<crate::Error>),
}

/// Wraps every tenant's key. Never printed.
#[derive(Clone)]
pub struct PlatformKey([u8; 32]);

impl PlatformKey {
    pub fn read(path: &Path) -> Result<Self, PlatformKeyError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| PlatformKeyError::Unreadable { path: path.to_owned(), source })?;
        Self::parse(text.trim()).ok_or_else(|| PlatformKeyError::Malformed { path: path.to_owned() })
    }

    fn parse(text: &str) -> Option<Self> {
        let bytes = match text.len() {
            64 => unhex(text)?,
            _ => BASE64_STANDARD.decode(text).ok()?,
        };
        bytes.try_into().ok().map(Self)
    }

    pub(super) fn key(&self) -> Key {
        Key { bytes: self.0, version: 0 }
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

impl fmt::Debug for PlatformKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlatformKey([secret])")
    }
}

impl Keys {
    /// Makes a platform key, readable by its owner alone. Never replaces one.
    pub fn create_platform_key_file(path: &Path) -> Result<(), PlatformKeyError> {
        let key = token::random::<32>().map_err(|error| PlatformKeyError::Random(Box::new(error)))?;
        let write = || -> std::io::Result<()> {
            let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
            writeln!(file, "{}", BASE64_STANDARD.encode(key))?;
            file.sync_all()
        };
        write().map_err(|source| match source.kind() {
            std::io::ErrorKind::AlreadyExists => PlatformKeyError::Exists { path: path.to_owned() },
            _ => PlatformKeyError::Unwritable { path: path.to_owned(), source },
        })
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_made_key_is_read_back_and_is_nobody_elses_to_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("platform.key");
        Keys::create_platform_key_file(&path).unwrap();
        assert!(PlatformKey::read(&path).is_ok());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn an_existing_key_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("platform.key");
        Keys::create_platform_key_file(&path).unwrap();
        let error = Keys::create_platform_key_file(&path).unwrap_err();
        assert!(matches!(error, PlatformKeyError::Exists { .. }), "{error}");
    }

    #[test]
    fn hex_and_base64_of_the_same_bytes_are_the_same_key() {
        let hex = PlatformKey::parse(&"0a".repeat(32)).unwrap();
        let base64 = PlatformKey::parse(&BASE64_STANDARD.encode([10; 32])).unwrap();
        assert_eq!(hex.0, base64.0);
    }

    #[test]
    fn anything_but_32_bytes_is_refused() {
        for text in ["", "short", &"zz".repeat(32), &BASE64_STANDARD.encode([1; 16])] {
            assert!(PlatformKey::parse(text).is_none(), "{text:?}");
        }
    }
}
