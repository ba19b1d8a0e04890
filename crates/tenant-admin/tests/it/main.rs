//! The admin edge and the commands on a real Postgres.

mod admin;
mod command;
mod console;
mod edge;
mod invitation;
