//! `MediaAttachment`.

use belfry_model::PlatformNames;
use belfry_storage::row;
use serde::Serialize;
use serde_json::Value;

#[derive(Debug, Clone, Serialize)]
pub struct MediaAttachment {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: Kind,
    /// `null` while it is still being processed.
    pub url: Option<String>,
    pub preview_url: Option<String>,
    pub remote_url: Option<String>,
    pub preview_remote_url: Option<String>,
    pub text_url: Option<String>,
    /// `original` and `small` with width, height, size and aspect; `focus` with x and y.
    pub meta: Value,
    pub description: Option<String>,
    pub blurhash: Option<String>,
}

impl MediaAttachment {
    pub fn new(row: &row::MediaAttachment, names: &PlatformNames) -> Self {
        let held = |key: &Option<String>| key.as_deref().map(|key| names.media_url(key));
        let url = held(&row.file_key).or_else(|| row.remote_url.clone());
        Self {
            id: row.id.to_string(),
            kind: Kind::of(&row.media_type),
            preview_url: held(&row.preview_key).or_else(|| url.clone()),
            url,
            remote_url: row.remote_url.clone(),
            preview_remote_url: None,
            text_url: None,
            meta: row.meta.clone(),
            description: row.description.clone(),
            blurhash: row.blurhash.clone(),
        }
    }

    pub fn list(rows: &[row::MediaAttachment], names: &PlatformNames) -> Vec<Self> {
        rows.iter().map(|row| Self::new(row, names)).collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Image,
    Gifv,
    Video,
    Audio,
    Unknown,
}

impl Kind {
    pub fn of(media_type: &str) -> Self {
        match media_type.split_once('/').map_or(media_type, |(kind, _)| kind) {
            "image" => Self::Image,
            "video" => Self::Video,
            "audio" => Self::Audio,
            _ => Self::Unknown,
        }
    }
}
