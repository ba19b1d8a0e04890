//! `[cache]`: short-lived shared state: rate limits, host state, what was looked up lately.

use std::path::PathBuf;

use belfry_model::Secret;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::secret_file::read;
use crate::{Error, Result};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CacheSettings {
    /// `redis://host:6379/0` (Redis or Valkey), or `embedded`: in memory, for one process only.
    #[schemars(with = "String")]
    pub url: Secret,
    pub url_file: Option<PathBuf>,
    /// Put before every key, so that two platforms can share a server.
    pub prefix: String,
    /// Most entries of the embedded cache; the least recently used go first.
    pub max_entries: usize,
}

impl Default for CacheSettings {
    fn default() -> Self {
        Self { url: Secret::new("embedded"), url_file: None, prefix: "belfry".into(), max_entries: 100_000 }
    }
}

impl CacheSettings {
    pub(crate) fn read_secret_files(&mut self) -> Result<()> {
        if let Some(path) = &self.url_file {
            self.url = read("cache.url", path)?;
        }
        Ok(())
    }

    pub(crate) fn check(&self) -> Result<()> {
        let url = self.url.expose();
        if url == "embedded" || url.starts_with("redis://") || url.starts_with("rediss://") {
            return Ok(());
        }
        Err(Error::Invalid {
            key: "cache.url",
            reason: "expected `redis://…`, `rediss://…` or `embedded`".into(),
        })
    }

    pub fn is_embedded(&self) -> bool {
        self.url.expose() == "embedded"
    }
}
