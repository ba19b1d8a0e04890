//! What can go wrong between us and the cache's server; in memory nothing can.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the cache can't be reached: check that it runs and that `cache.url` is right")]
    Unreachable(#[source] redis::RedisError),
    #[error("the cache refused a command")]
    Command(#[source] redis::RedisError),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
