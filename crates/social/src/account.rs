//! Accounts: finding one, its followers, and what its owner changes of it.

mod fetch;
mod listed;
mod rename;
mod update;

pub(crate) use fetch::account;
pub use listed::Listed;
pub use rename::{RenameError, agency_rename};
pub use update::{Picture, Profile};
