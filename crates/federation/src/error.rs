//! What can go wrong between us and the rest of the fediverse.

use crate::client::FetchError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the database can't do it")]
    Storage(#[from] belfry_storage::Error),
    #[error("the platform's own data can't be used")]
    Social(#[from] belfry_social::Error),
    #[error("a key can't be used")]
    Tenancy(#[from] belfry_tenancy::Error),
    #[error("the cache can't be used")]
    Cache(#[from] belfry_cache::Error),
    #[error("another server did not give what was asked of it")]
    Fetch(#[from] FetchError),
    #[error("a document can't be written")]
    Json(#[from] serde_json::Error),
    /// A tenant of ours is closed for now: asked again later, it may answer.
    #[error("the agency is suspended")]
    Suspended,
    /// The phase of the agency or the rules of the platform forbid it.
    #[error("the platform's rules bar that server")]
    Barred,
    /// It is there, and not for us: not open, deleted, or not what it must be.
    #[error("{0}")]
    Unusable(&'static str),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// May go better another time without anybody's doing.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Storage(error) | Self::Social(belfry_social::Error::Storage(error)) => error.is_transient(),
            Self::Fetch(error) => error.is_transient(),
            // Our own parts: somebody mends them, and nothing may be lost until then.
            Self::Tenancy(_) | Self::Cache(_) | Self::Suspended => true,
            Self::Social(_) | Self::Json(_) | Self::Barred | Self::Unusable(_) => false,
        }
    }
}
