//! The public HTTP edge: federation endpoints, the Mastodon client API, OAuth, media files and
//! public pages.

pub mod api;
mod gateway;
pub mod oauth;

pub use gateway::Gateway;
