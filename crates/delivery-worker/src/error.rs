//! What can go wrong in a worker. Everything here is tried again; what is final is an outcome.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the machinery's tables can't be used")]
    Storage(#[from] belfry_storage::Error),
    #[error("the queue can't be used")]
    Queue(#[from] belfry_queue::Error),
    #[error("the cache can't be used")]
    Cache(#[from] belfry_cache::Error),
    #[error("an activity can't be prepared for sending")]
    Federation(#[from] belfry_federation::Error),
    #[error("uploads that nothing took can't be removed")]
    Social(#[from] belfry_social::Error),
    #[error("the key pool can't be filled")]
    Tenancy(#[from] belfry_tenancy::Error),
    #[error("the worker's duty `{0}` ended by itself")]
    Ended(crate::Duty),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
