//! What tests share: a database per test, a mock clock, a seeded rng, the rest of the fediverse.
//!
//! Invariant: real parts only. The one thing that is faked is the rest of the fediverse, and
//! the fake behaves like it.

#![expect(clippy::expect_used, reason = "a test that can't have what it stands on fails at once, here too")]

pub mod browser;
pub mod clock;
pub mod database;
pub mod remote;
pub mod services;
pub mod tls;
pub mod wait;

pub use browser::Browser;
pub use clock::MockClock;
pub use database::TestDatabase;
pub use remote::FakeRemote;
pub use services::{PrivateService, service};
pub use tls::TlsServer;
pub use wait::{eventually, eventually_eq, until};
