//! `/console/baseline`: what holds for every agency.

pub(super) mod domains;
pub(super) mod imports;

/// Where the page about servers is.
const PATH: &str = "/console/baseline";
