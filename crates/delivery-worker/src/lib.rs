//! Fan out the outbox, sign and POST, park and release, apply inbound jobs, run the scheduler.
//!
//! Invariant: a job is acknowledged only after its outcome is recorded in Postgres, and
//! something is forgotten only after the queue has confirmed it. A crash anywhere in between
//! repeats work; it never loses any.

mod deliver;
mod duty;
mod error;
mod fanout;
mod hosts;
mod inbound;
mod retry;
mod scheduler;
mod worker;

pub use duty::Duty;
pub use error::{Error, Result};
pub use retry::Jitter;
pub(crate) use worker::Parts;
pub use worker::{Worker, WorkerParts};

/// The host that an inbox lies at; the inbox itself if it is not even an address.
fn host_of(inbox: &str) -> String {
    let host = url::Url::parse(inbox).ok().as_ref().and_then(belfry_model::Host::of_url);
    host.map_or_else(|| inbox.to_owned(), |host| host.to_string())
}
