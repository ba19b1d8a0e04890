//! The public HTTP edge: federation endpoints, the Mastodon client API, OAuth, media files and
//! public pages.

pub mod api;
pub mod federation;
mod gateway;
pub mod media;
pub mod oauth;
mod pages;
mod service;

pub use federation::configure_federation;
pub use gateway::Gateway;
pub use service::{app, configure};

/// The `OpenAPI` document of our own endpoints.
pub fn openapi() -> impl serde::Serialize {
    <api::Document as utoipa::OpenApi>::openapi()
}
