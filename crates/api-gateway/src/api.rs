//! The Mastodon client API, one endpoint a file, on every tenant's host.
//!
//! Invariant: the tenant comes from the Host header, the person from a bearer token of that
//! tenant, and from nothing else: no cookie is read here.

pub mod entity;
pub mod error;
pub mod page;
pub mod params;

pub use error::ApiError;
pub use params::Params;
