//! `/account` on an agency's host: what concerns who is signed in, and nobody else.

pub(crate) mod policies;
