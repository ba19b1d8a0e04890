//! Where files are kept: one object store, a local folder in this version.

use std::sync::Arc;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use url::Url;

use crate::Result;

/// The object store behind `media.url`.
#[derive(Debug, Clone)]
pub struct MediaStore(Arc<dyn ObjectStore>);

/// What `media.url` may not be.
#[derive(Debug, thiserror::Error)]
pub enum InvalidMediaUrl {
    #[error("`media.url` must begin with `file://`: this version keeps media in a local folder, got `{0}`")]
    Scheme(String),
    #[error("the media folder `{folder}` can't be made or used: check that it may be written")]
    Folder { folder: String, source: std::io::Error },
    #[error("the media folder can't be used")]
    Store(#[from] object_store::Error),
}

/// A file to serve.
#[derive(Debug, Clone)]
pub struct Stored {
    pub bytes: Bytes,
    pub media_type: &'static str,
}

impl MediaStore {
    /// Makes the folder where it isn't there.
    pub fn open(url: &str) -> Result<Self, InvalidMediaUrl> {
        let folder = Url::parse(url)
            .ok()
            .filter(|url| url.scheme() == "file")
            .and_then(|url| url.to_file_path().ok())
            .ok_or_else(|| InvalidMediaUrl::Scheme(url.to_owned()))?;
        std::fs::create_dir_all(&folder)
            .map_err(|source| InvalidMediaUrl::Folder { folder: folder.display().to_string(), source })?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(folder)?)))
    }

    /// Forgets everything at the end of the process: for tests.
    pub fn in_memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    /// What is served at `media.<shared domain>/<key>`. `None` for a key that we never made.
    pub async fn fetch(&self, key: &str) -> Result<Option<Stored>> {
        let Some(media_type) = media_type(key) else { return Ok(None) };
        let Ok(path) = Path::parse(key) else { return Ok(None) };
        match self.0.get(&path).await {
            Ok(found) => Ok(Some(Stored { bytes: found.bytes().await?, media_type })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes and takes away a file: for `belfry doctor`.
    pub async fn probe(&self) -> Result<()> {
        let path = Path::from("probe.txt");
        self.0.put(&path, PutPayload::from_static(b"belfry doctor")).await?;
        self.0.delete(&path).await?;
        Ok(())
    }

    pub(crate) async fn put(&self, key: &str, bytes: Bytes) -> Result<()> {
        self.0.put(&Path::from(key), PutPayload::from_bytes(bytes)).await?;
        Ok(())
    }

    /// A file that is gone already is no error.
    pub(crate) async fn remove(&self, key: &str) -> Result<()> {
        match self.0.delete(&Path::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// By the ending, which we gave: what is served is never sniffed.
fn media_type(key: &str) -> Option<&'static str> {
    match key.rsplit_once('.')?.1 {
        "jpg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        "webp" => Some("image/webp"),
        "gif" => Some("image/gif"),
        _ => None,
    }
}
