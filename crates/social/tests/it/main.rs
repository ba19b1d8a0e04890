//! The use cases on a real Postgres, laid out as they are.

#![cfg(test)]

mod account;
mod favourite;
mod foreign;
mod media;
mod notification;
mod post;
mod reblog;
mod relationship;
mod thread;
mod timeline;
mod world;
