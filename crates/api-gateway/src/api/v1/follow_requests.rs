//! `/api/v1/follow_requests`.

pub mod authorize;
pub mod index;
pub mod reject;
