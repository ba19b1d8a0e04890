//! Storage on a real Postgres, laid out as the repositories are.

#![cfg(test)]

mod audience;
mod audit;
mod commons;
mod credentials;
mod deliveries;
mod delivery_admin;
mod erasure;
mod host_admin;
mod host_state;
mod isolation;
mod ledger;
mod machinery;
mod outbox;
mod outcome;
mod registry;
mod seed;
mod usage;
