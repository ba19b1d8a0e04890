//! The worker on real parts: Postgres, a broker, HTTP to a fake remote server.

#![cfg(test)]

mod broker;
mod child;
mod crash;
mod outcome;
mod stage;
mod withdrawn;
