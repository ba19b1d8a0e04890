//! `/api/belfry/v1/audit`

pub mod index;
