//! `/api/belfry/v1/baseline`: what holds for every namespace.

pub mod domains;
pub mod imports;
pub mod policies;
