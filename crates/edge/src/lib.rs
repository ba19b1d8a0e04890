//! What every HTTP edge shares: the tenant from the Host header, sessions and CSRF, pages in two languages.
//!
//! Invariant: an edge gets typed values (a tenant, a signed-in person, a checked form); no
//! handler reads the Host header, a cookie or a template by itself.

pub mod client_address;
pub mod health;
pub mod host;
pub mod metrics;
mod platform;
pub mod render;
pub mod request;
pub mod translate;
pub mod view;

pub use client_address::client_address;
pub use host::{SharedDomain, TenantHost};
pub use platform::Platform;
pub use render::{RenderError, Renderer, View};
pub use translate::Language;
