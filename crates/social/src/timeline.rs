//! Timelines: pages of posts, newest first.

mod account;
mod home;
mod public;
mod tag;
