//! Statuses, relationships, timelines, notifications, media and search: what the client API means.
//!
//! Invariant: one use case, one transaction, one file. Whatever others must hear of is
//! committed together with what it tells of ([`outgoing::record`]); nothing here sends.

pub mod account;
pub mod delivery;
pub mod distribute;
pub mod error;
mod leave;
pub mod media;
pub mod notification;
pub mod notify;
pub mod outgoing;
pub mod poster;
pub mod relationship;
mod search;
mod social;
pub mod status;
pub mod text;
mod timeline;
pub mod view;

pub use belfry_storage::{AccountFilter, Page, Reach, TagFilter};
pub use distribute::distribute;
pub use error::{Error, Forbidden, Invalid, Result};
pub use notify::notify;
pub use poster::{Poster, Viewer};
pub use social::{Limits, Parts, Social};
pub use view::{AccountView, StatusView};
