//! `/api/v1`, a file for each endpoint.

pub mod accounts;
pub mod apps;
pub mod follow_requests;
pub mod instance;
pub mod media;
pub mod notifications;
pub mod preferences;
pub mod statuses;
pub mod timelines;
