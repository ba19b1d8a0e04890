//! Who follows whom: asking, answering, and taking it back.

mod follow;
mod list;
mod request;
mod unfollow;

pub use list::Relationship;
pub use request::accepted;
