//! `/console/baseline/handles`: handles that nobody is given.

pub(crate) mod release;
pub(crate) mod reserve;
