//! What can go wrong between us and the queue's server. Nothing here means that a job is lost:
//! a publisher keeps what it could not publish, a consumer's job comes back.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("`queue.url` is not an address of a broker: {0}")]
    Address(String),
    #[error("the broker can't be reached: check that it runs and that `queue.url` is right")]
    Unreachable(#[source] Option<lapin::Error>),
    #[error("the broker did not confirm in time")]
    Unconfirmed,
    #[error("the broker takes no jobs for now: its disk or memory is nearly full")]
    Blocked,
    #[error("the broker refused a job: its queue is full or its disk is")]
    Refused,
    #[error("the broker ended the exchange")]
    Broker(#[source] lapin::Error),
    #[error(
        "the embedded queue's database can't be reached: check that it runs and that `database.url` and `database.worker_url` are right"
    )]
    Database(#[source] sqlx::Error),
    #[error("a job can't be written as JSON")]
    Encode(#[source] serde_json::Error),
    #[error("the job is no longer ours: it was held too long, and is handed out again")]
    LeaseLost,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
