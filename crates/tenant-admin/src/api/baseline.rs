//! `/api/belfry/v1/baseline`: what holds for every namespace.

pub mod domains;
pub mod handles;
pub mod imports;
pub mod policies;
pub mod settings;
