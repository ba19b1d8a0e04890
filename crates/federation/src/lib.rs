//! Receive: verify, authorise, apply. Send: render activities, plan the audience. Fetch through the guarded client.

pub mod client;
pub mod discover;
pub mod fetch;
