//! The admin edge and the commands on a real Postgres.

#![cfg(test)]

mod admin;
mod admin_deliveries;
mod admin_notices;
mod admission;
mod api;
mod attacks;
mod audit;
mod baseline;
mod command;
mod command_delivery;
mod command_policy;
mod console;
mod console_confirmations;
mod console_lifecycle;
mod departments;
mod edge;
mod import;
mod invitation;
mod me;
mod people;
mod policies;
mod provision;
mod usage;
