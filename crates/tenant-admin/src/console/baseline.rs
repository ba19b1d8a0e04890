//! `/console/baseline`: what holds for every agency.

pub(super) mod domains;
pub(super) mod handles;
pub(super) mod imports;
pub(super) mod settings;

/// Where the page about servers is.
const PATH: &str = "/console/baseline";
