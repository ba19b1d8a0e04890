//! Tenancy on a real Postgres, laid out as the crate is.

#![cfg(test)]

mod account;
mod audit;
mod baseline_import;
mod confirm;
mod directory;
mod factor;
mod keys;
mod mail;
mod manage;
mod oauth;
mod platform;
mod policies;
mod provision;
mod quota;
mod session;
mod sign_in;
mod staff;
