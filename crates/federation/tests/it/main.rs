//! The way out to other servers and the way in from them, against a fake remote server.

#![expect(clippy::unwrap_used, reason = "what a test stands on may be unwrapped in its helpers too")]

mod client;
mod deliver;
mod fetch;
