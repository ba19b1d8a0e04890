//! `/api/v1/notifications`.

pub mod clear;
pub mod dismiss;
pub mod index;
pub mod show;
