//! Statuses, relationships, timelines, notifications, media and search: what the client API means.
//!
//! Invariant: one use case, one transaction, one file. Whatever others must hear of is
//! committed together with what it tells of ([`outgoing::record`]); nothing here sends.

pub mod distribute;
pub mod error;
pub mod media;
pub mod notify;
pub mod outgoing;
pub mod poster;
mod social;
pub mod text;
pub mod view;

pub use distribute::distribute;
pub use error::{Error, Invalid, Result};
pub use notify::notify;
pub use poster::{Poster, Viewer};
pub use social::{Limits, Parts, Social};
pub use view::{AccountView, StatusView};
