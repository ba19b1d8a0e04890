//! The documents that we publish and send. One file per document, as serde types.

pub mod activity;
pub mod actor;
pub mod audience;
pub mod collection;
pub mod host_meta;
pub mod nodeinfo;
pub mod note;
pub mod tombstone;
pub mod webfinger;

pub use activity::Activity;
pub use actor::Actor;
pub use collection::{Collection, CollectionPage};
pub use note::Note;
pub use tombstone::Tombstone;
