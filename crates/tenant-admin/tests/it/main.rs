//! The admin edge and the commands on a real Postgres.

mod command;
