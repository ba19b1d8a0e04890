//! Receive: authorise, apply. Send: render activities, plan the audience. Fetch remote objects
//! through the guarded client. Publish what a tenant shows at its addresses.
//!
//! Invariant: another server is believed about what lies at its own host and about nothing
//! else; a neighbour on this platform is treated as any other server, without HTTP.

pub mod client;
pub mod discover;
mod error;
mod federation;
pub mod fetch;
mod ingest;
pub mod interact;
mod neighbour;
mod obtain;
mod policy;
pub mod proof;
pub mod publish;
pub mod receive;
mod render;
mod resolve;
pub mod send;
mod signer;

pub use error::{Error, Result};
pub use federation::{Federation, Parts};
pub use publish::Published;
pub use receive::ApplyError;
pub use resolve::Resolved;
pub use send::{Followers, Outcome, Rendered};
pub use signer::{Signer, Signing};
