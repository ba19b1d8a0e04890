//! `[media]`: uploads and where they are kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MediaSettings {
    /// Where files are kept: `file:///var/lib/belfry/media`.
    pub url: String,
    /// Largest upload in bytes.
    pub max_bytes: usize,
    /// Most pixels of an image once decoded: what stops a small file that unfolds into gigabytes.
    pub max_pixels: u64,
    /// Longest side of a preview, in pixels.
    pub preview_pixels: u32,
    /// Hours after which an upload that no post took is removed.
    pub orphan_hours: u64,
}

impl Default for MediaSettings {
    fn default() -> Self {
        Self {
            url: "file:///var/lib/belfry/media".into(),
            max_bytes: 16 * 1024 * 1024,
            max_pixels: 33_177_600,
            preview_pixels: 640,
            orphan_hours: 24,
        }
    }
}

impl MediaSettings {
    pub(crate) fn check(&self) -> Result<()> {
        if self.url.starts_with("file://") {
            return Ok(());
        }
        Err(Error::Invalid {
            key: "media.url",
            reason: "this version keeps media in a local folder: expected `file:///…`".into(),
        })
    }
}
