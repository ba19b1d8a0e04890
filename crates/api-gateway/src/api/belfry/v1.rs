//! `/api/belfry/v1`, a file for each endpoint.

pub mod openapi;
pub mod statuses;
