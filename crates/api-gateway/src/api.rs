//! The Mastodon client API, one endpoint a file, on every tenant's host.
//!
//! Invariant: the tenant comes from the Host header, the person from a bearer token of that
//! tenant, and from nothing else: no cookie is read here.

pub mod auth;
mod belfry;
pub mod cors;
pub mod entity;
pub mod error;
pub mod id;
mod nothing;
pub mod page;
pub mod params;
pub mod present;
pub mod rate_limit;
mod resolve;
pub mod routes;
pub mod scope;
mod v1;
mod v2;

pub use belfry::v1::openapi::Document;
pub use error::ApiError;
pub use params::Params;
