//! What every HTTP edge shares: the tenant from the Host header, sessions and CSRF, pages in two languages.
//!
//! Invariant: an edge gets typed values (a tenant, a signed-in person, a checked form); no
//! handler reads the Host header, a cookie or a template by itself.

pub mod assets;
pub mod client_address;
pub mod closed;
mod cookie;
pub mod csrf;
pub mod health;
pub mod host;
pub mod metrics;
pub mod page;
mod platform;
pub mod render;
pub mod request;
pub mod security;
pub mod session;
pub mod sign_in;
pub mod translate;
mod upload;
pub mod view;

pub use client_address::client_address;
pub use csrf::CheckedForm;
pub use host::{SharedDomain, TenantHost};
pub use page::Page;
pub use platform::Platform;
pub use render::{RenderError, Renderer, View};
pub use session::{Session, SignedIn};
pub use translate::Language;
pub use upload::CheckedUpload;
