//! `/console/agencies/{slug}/peers`: the servers that a pilot speaks with.

pub(crate) mod add;
pub(crate) mod remove;
