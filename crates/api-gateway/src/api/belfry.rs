//! What Belfry has beyond Mastodon's API, described in a document that is made from this code.

pub mod v1;
