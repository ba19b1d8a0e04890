//! Mastodon's scopes as types: a handler's signature says what its token must be allowed.

use std::fmt::Debug;

/// A scope that an endpoint needs.
pub trait Scope: Debug + 'static {
    const NAME: &'static str;
}

macro_rules! scopes {
    ($($name:ident = $text:literal),* $(,)?) => {$(
        #[derive(Debug)]
        pub enum $name {}

        impl Scope for $name {
            const NAME: &'static str = $text;
        }
    )*};
}

scopes! {
    Profile = "profile",
    ReadAccounts = "read:accounts",
    ReadFilters = "read:filters",
    ReadFollows = "read:follows",
    ReadLists = "read:lists",
    ReadNotifications = "read:notifications",
    ReadSearch = "read:search",
    ReadStatuses = "read:statuses",
    WriteAccounts = "write:accounts",
    WriteFavourites = "write:favourites",
    WriteFollows = "write:follows",
    WriteMedia = "write:media",
    WriteNotifications = "write:notifications",
    WriteStatuses = "write:statuses",
}
