//! `/api/belfry/v1/statuses`.

pub mod delivery;
