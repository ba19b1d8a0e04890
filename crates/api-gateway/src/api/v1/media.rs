//! `/api/v1/media`.

pub mod create;
pub mod show;
pub mod update;
