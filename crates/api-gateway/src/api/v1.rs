//! `/api/v1`, a file for each endpoint.

pub mod apps;
pub mod instance;
