//! Private PostgreSQL, Redis and RabbitMQ: on loopback, on free ports, in the target folder.
//!
//! An *instance* is a set of parts under one name: `target/services/<instance>/`. Every process
//! of a part is written down there, so that any later command can find, stop or clean it up,
//! whoever started it. Nothing of it needs root; started as root, the servers run as an
//! unprivileged user.
//!
//! For tests that kill what they use: `BELFRY_TEST_XTASK` names this program, and
//! `$BELFRY_TEST_XTASK services up --instance NAME --only rabbitmq --while-pid PID --json`
//! starts a broker that lives no longer than the process `PID`; `services kill|start
//! --instance NAME rabbitmq` then kills it and brings it back with its data, on its port.

mod command;
mod instance;
mod part;
mod postgres;
mod rabbitmq;
mod record;
mod redis;
mod user;
mod watch;

pub use command::{Args, run};
pub use instance::{Access, Instance, free_port, random_word};
pub use part::{Part, PartRecord};
pub use postgres::{database_url, program as postgres_program, sql};
pub use user::is_root;

/// Whether the machine has this program of PostgreSQL's server package.
pub fn has_postgres_program(name: &str) -> bool {
    postgres::program(name).is_ok()
}

/// Whether the machine has RabbitMQ's own script, not just the wrapper.
pub fn has_rabbitmq() -> bool {
    rabbitmq::script().is_some()
}
