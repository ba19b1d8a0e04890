//! What can go wrong beneath any use case here: nothing that the person who asked can mend.

use crate::keys::KeysError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Storage(#[from] belfry_storage::Error),
    #[error(transparent)]
    Cache(#[from] belfry_cache::Error),
    #[error(transparent)]
    Keys(#[from] KeysError),
    #[error("the machine gives no random bytes")]
    Random(#[source] openssl::error::ErrorStack),
    #[error("hashing a password failed")]
    PasswordHash(#[from] argon2::password_hash::Error),
    #[error("work on a thread of its own was cut off")]
    CutOff(#[from] tokio::task::JoinError),
    /// A row that another row promises is missing, or a data file of ours is malformed.
    #[error("this platform's own data is wrong: {0}")]
    Inconsistent(String),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Lets `?` lift what lies beneath into a use case's own error, as its variant `Internal`.
macro_rules! internal {
    ($error:ty: $($source:ty),* $(,)?) => {$(
        impl From<$source> for $error {
            fn from(source: $source) -> Self {
                Self::Internal(source.into())
            }
        }
    )*};
}
pub(crate) use internal;

/// As [`internal`] does for what storage says, but what the tenant's plan has no room for is a
/// variant of its own, `UsedUp`: its words are for people.
macro_rules! used_up {
    ($($error:ty),* $(,)?) => {$(
        impl From<belfry_storage::Error> for $error {
            fn from(source: belfry_storage::Error) -> Self {
                match source {
                    belfry_storage::Error::UsedUp(used_up) => Self::UsedUp(used_up),
                    other => Self::Internal(other.into()),
                }
            }
        }
    )*};
}
pub(crate) use used_up;
