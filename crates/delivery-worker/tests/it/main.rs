//! The worker on real parts: Postgres, a broker, HTTP to a fake remote server.

#![cfg(test)]

mod barred;
mod broker;
mod child;
mod deletion;
mod fault_broker;
mod fault_cache;
mod fault_clock;
mod fault_database;
mod fault_process;
mod fault_sink;
mod host;
mod ledger;
mod order;
mod outcome;
mod proof_again;
mod stage;
mod suspension;
mod withdrawn;
