//! `cargo xtask services …`.

use anyhow::{Context, Result};
use clap::{Subcommand, ValueEnum};
use serde_json::{Map, Value, json};

use super::watch::wait_for_end;
use super::{Access, Instance, Part};
use crate::packages::{self, Need};
use crate::progress::{self, Progress};
use crate::workspace::Workspace;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Args)]
struct Which {
    /// The set of services; several can run at once
    #[arg(long, default_value = "default")]
    instance: String,
}

#[derive(Subcommand)]
enum Verb {
    /// Start services that stay up until `down`
    Up {
        #[command(flatten)]
        which: Which,
        #[arg(long, value_delimiter = ',', value_enum)]
        only: Vec<Part>,
        #[arg(long)]
        port_postgres: Option<u16>,
        #[arg(long)]
        port_redis: Option<u16>,
        #[arg(long)]
        port_rabbitmq: Option<u16>,
        /// Stop them when this process ends, however it ends
        #[arg(long)]
        while_pid: Option<u32>,
        #[arg(long)]
        json: bool,
    },
    /// Stop services and remove their data
    Down {
        #[command(flatten)]
        which: Which,
        #[arg(long)]
        all: bool,
    },
    /// What runs, and where
    Status {
        #[arg(long)]
        json: bool,
    },
    /// Start a stopped or killed part again: same data, same port
    Start {
        #[command(flatten)]
        which: Which,
        part: Part,
    },
    /// Stop a part in an orderly way; its data stays
    Stop {
        #[command(flatten)]
        which: Which,
        part: Part,
    },
    /// Kill a part as a power cut would; its data stays
    Kill {
        #[command(flatten)]
        which: Which,
        part: Part,
    },
    #[command(hide = true)]
    Watch {
        #[command(flatten)]
        which: Which,
        #[arg(long)]
        pid: i32,
    },
}

pub fn run(workspace: &Workspace, args: &Args) -> Result<()> {
    let open = |which: &Which| Instance::open(workspace, &which.instance, Access::Trust);
    let existing = |which: &Which| {
        Instance::existing(workspace, &which.instance)?.with_context(|| {
            format!("there is no instance `{}`; `cargo xtask services status` lists them", which.instance)
        })
    };
    match &args.verb {
        Verb::Up { which, only, port_postgres, port_redis, port_rabbitmq, while_pid, json } => {
            let parts: &[Part] = if only.is_empty() { &Part::ALL } else { only };
            packages::ensure(&parts.iter().map(|&part| Need::Server(part)).collect::<Vec<_>>())?;
            let instance = open(which)?;
            if let Some(pid) = while_pid {
                instance.tie_to(*pid)?;
            }
            let port = |part| match part {
                Part::Postgres => *port_postgres,
                Part::Redis => *port_redis,
                Part::Rabbitmq => *port_rabbitmq,
            };
            let with_ports: Vec<(Part, Option<u16>)> = parts.iter().map(|&part| (part, port(part))).collect();
            instance.up(&Progress::new(), &with_ports)?;
            print(&describe(&instance)?, *json)
        }
        Verb::Down { which, all } => {
            let names = if *all { Instance::names(workspace) } else { vec![which.instance.clone()] };
            for name in names {
                if let Some(instance) = Instance::existing(workspace, &name)? {
                    instance.down()?;
                }
                progress::line(&format!("✓ {name} is down"));
            }
            Ok(())
        }
        Verb::Status { json } => {
            let all = Instance::names(workspace)
                .iter()
                .map(|name| describe(&Instance::open(workspace, name, Access::Trust)?))
                .collect::<Result<Vec<_>>>()?;
            print(&Value::Array(all), *json)
        }
        Verb::Start { which, part } => existing(which)?.start(&Progress::new(), *part, None).map(drop),
        Verb::Stop { which, part } => existing(which)?.stop(*part),
        Verb::Kill { which, part } => existing(which)?.kill(*part),
        Verb::Watch { which, pid } => {
            let watched = existing(which)?;
            wait_for_end(*pid);
            // Another run may have made a new instance of that name meanwhile.
            match Instance::existing(workspace, &which.instance)? {
                Some(now) if now.settings.id == watched.settings.id => now.down(),
                _ => Ok(()),
            }
        }
    }
}

fn describe(instance: &Instance) -> Result<Value> {
    let mut shown = Map::new();
    shown.insert("instance".into(), json!(instance.name));
    for &part in Part::value_variants() {
        if let Some(record) = instance.record(part)? {
            let pid = record.pid();
            let entry = json!({
                "running": record.alive(), "port": record.port, "url": record.url, "pid": pid, "log": record.log
            });
            shown.insert(part.key().into(), entry);
        }
    }
    Ok(Value::Object(shown))
}

/// One line of JSON, or the same laid out to be read.
fn print(value: &Value, json: bool) -> Result<()> {
    use std::io::Write;
    let text = if json { value.to_string() } else { serde_json::to_string_pretty(value)? };
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}
