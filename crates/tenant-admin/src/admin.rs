//! `/admin` on an agency's host: its own people look after their own namespace.
//!
//! Invariant: whoever gets in here works for the agency and may do what the page is for; the
//! [`Member`](crate::member::Member) extractor sees to that.

mod audit;
mod deliveries;
mod notices;
mod overview;
mod policies;
pub mod routes;
mod settings;
mod staff;
mod usage;

pub(crate) use routes::configure;
