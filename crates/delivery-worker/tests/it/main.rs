//! The worker on real parts: Postgres, a broker, HTTP to a fake remote server.

#![cfg(test)]

mod broker;
mod child;
mod fault_broker;
mod fault_process;
mod fault_sink;
mod order;
mod outcome;
mod stage;
mod withdrawn;
