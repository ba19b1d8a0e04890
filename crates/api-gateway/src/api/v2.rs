//! `/api/v2`, a file for each endpoint.

pub mod instance;
pub mod search;
