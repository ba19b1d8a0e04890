//! Mastodon 4.5's entities, and our own (`delivery`). Every field that a client may read is a field here, so none can be
//! forgotten: what has no value yet is `null`, empty or zero, as it is at Mastodon.

pub mod account;
pub mod application;
pub mod context;
pub mod delivery;
pub mod instance;
pub mod instance_v1;
pub mod media_attachment;
pub mod notification;
pub mod preferences;
pub mod relationship;
pub mod rule;
pub mod search;
pub mod status;
pub mod status_edit;
pub mod tag;
pub mod time;
pub mod token;

pub use account::{Account, CredentialAccount};
pub use application::{Application, CredentialApplication};
pub use context::Context;
pub use delivery::Delivery;
pub use media_attachment::MediaAttachment;
pub use notification::Notification;
pub use preferences::Preferences;
pub use relationship::Relationship;
pub use rule::Rule;
pub use search::Search;
pub use status::{Status, StatusSource};
pub use status_edit::StatusEdit;
pub use tag::Tag;
pub use time::{Date, Timestamp};
pub use token::Token;

/// A list that is always empty here, typed so that it can be nothing else.
pub type Nothing = [(); 0];

/// Counts of rows are never negative; the database only has signed numbers.
pub(super) fn count(rows: i64) -> u64 {
    rows.try_into().unwrap_or(0)
}
