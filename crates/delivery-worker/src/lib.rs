//! Fan out the outbox, sign and POST, park and release, apply inbound jobs, run the scheduler.
//!
//! Invariant: a job is acknowledged only after its outcome is recorded in Postgres, and
//! something is forgotten only after the queue has confirmed it. A crash anywhere in between
//! repeats work; it never loses any.

mod deliver;
mod duty;
mod error;
mod fanout;
mod inbound;
mod retry;
mod scheduler;
mod worker;

pub use duty::Duty;
pub use error::{Error, Result};
pub use retry::Jitter;
pub use worker::{Parts, Worker};
