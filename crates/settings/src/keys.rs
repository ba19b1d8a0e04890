//! `[keys]`: the platform key, and keys made ahead.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KeySettings {
    /// File with the platform key: 32 random bytes in base64 (`openssl rand -base64 32`). It
    /// wraps every tenant's key; without it no signing key can be opened.
    pub platform_key_file: Option<PathBuf>,
    /// Key pairs made ahead, so that a new account never waits for one.
    pub pool_size: u32,
    /// Opened signing keys that one process keeps.
    pub cache_entries: usize,
}

impl Default for KeySettings {
    fn default() -> Self {
        Self { platform_key_file: None, pool_size: 8, cache_entries: 10_000 }
    }
}

impl KeySettings {
    pub fn platform_key_file(&self) -> Result<&PathBuf> {
        self.platform_key_file.as_ref().ok_or(Error::Missing {
            key: "keys.platform_key_file",
            hint: "a file with 32 random bytes in base64 (`openssl rand -base64 32`)",
        })
    }
}
