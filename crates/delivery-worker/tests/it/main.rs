//! The worker on real parts: Postgres, a broker, HTTP to a fake remote server.

mod broker;
mod child;
mod crash;
mod outcome;
mod stage;
mod withdrawn;
