//! `/api/belfry/v1/agency` on an agency's host: for the programs of its own people.
//!
//! The same use cases as the pages at `/admin` and the commands.

mod auth;
mod openapi;
pub(crate) mod policies;
pub mod routes;
mod show;
pub(crate) mod staff;

pub use auth::{Agent, AgentCall};
pub use openapi::Document;

pub(crate) use routes::configure;
