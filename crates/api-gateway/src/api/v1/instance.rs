//! `/api/v1/instance`.

pub mod extended_description;
pub mod rules;
pub mod show;
