//! A private RabbitMQ broker.
//!
//! Debian's `rabbitmq-server` in the path is a wrapper that wants root and the system's own
//! broker: the real script is under the library folder. Erlang's port mapper is started here,
//! in the foreground and on loopback, before the broker: left to itself the broker starts one
//! in the background that listens everywhere and outlives it.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::instance::free_port;
use super::{Instance, Part, PartRecord};
use crate::packages::in_path;
use crate::progress::pause;

/// Much of it is the Erlang machine's start, which crawls when the cores are busy.
const PATIENCE: Duration = Duration::from_mins(3);

pub fn start(instance: &Instance, port: u16) -> Result<PartRecord> {
    let folder = instance.part_folder(Part::Rabbitmq)?;
    let log = instance.log_file("rabbitmq");
    let mapper_port = free_port()?;
    let settings = write_settings(instance, &folder)?;

    let mut mapper = Command::new(in_path("epmd").context("Erlang's `epmd` isn't installed")?);
    mapper.args(["-address", "127.0.0.1", "-port", &mapper_port.to_string()]);
    mapper.env("HOME", &folder);
    let mapper = instance.spawn(&mut mapper, &log)?;

    let mut server = Command::new(script().context("RabbitMQ's own script isn't installed")?);
    server
        .env("HOME", &folder)
        .env("ERL_EPMD_ADDRESS", "127.0.0.1")
        .env("ERL_EPMD_PORT", mapper_port.to_string())
        .env("ERL_AFLAGS", "-kernel inet_dist_use_interface {127,0,0,1}")
        .env("RABBITMQ_NODENAME", format!("belfry-{}@localhost", instance.name))
        .env("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1")
        .env("RABBITMQ_NODE_PORT", port.to_string())
        .env("RABBITMQ_DIST_PORT", free_port()?.to_string())
        .env("RABBITMQ_MNESIA_BASE", folder.join("mnesia"))
        .env("RABBITMQ_LOG_BASE", folder.join("log"))
        .env("RABBITMQ_LOGS", "-")
        .env("RABBITMQ_CONFIG_FILE", &settings.main)
        .env("RABBITMQ_CONF_ENV_FILE", &settings.environment)
        .env("RABBITMQ_ENABLED_PLUGINS_FILE", &settings.plugins);
    let server = instance.spawn(&mut server, &log)?;

    let url = format!("amqp://belfry:{}@127.0.0.1:{port}/%2f", instance.settings.password);
    let record = PartRecord { port, url, processes: vec![server, mapper], log };
    instance.save(Part::Rabbitmq, &record)?;

    let until = Instant::now() + PATIENCE;
    while !greets(port) {
        if !record.alive() || Instant::now() > until {
            bail!("it doesn't answer{}", PartRecord::last_words(&record.log));
        }
        pause(Duration::from_millis(200));
    }
    Ok(record)
}

/// The script of the newest release under the library folder.
pub fn script() -> Option<PathBuf> {
    let mut releases: Vec<PathBuf> = std::fs::read_dir("/usr/lib/rabbitmq/lib")
        .ok()?
        .flatten()
        .map(|entry| entry.path().join("sbin/rabbitmq-server"))
        .filter(|script| script.exists())
        .collect();
    releases.sort();
    releases.pop()
}

struct Files {
    main: PathBuf,
    environment: PathBuf,
    plugins: PathBuf,
}

fn write_settings(instance: &Instance, folder: &Path) -> Result<Files> {
    let files = Files {
        main: folder.join("rabbitmq.conf"),
        environment: folder.join("environment"),
        plugins: folder.join("plugins"),
    };
    let mut main = String::new();
    writeln!(main, "default_user = belfry")?;
    writeln!(main, "default_pass = {}", instance.settings.password)?;
    writeln!(main, "vm_memory_high_watermark.absolute = 1GB")?;
    writeln!(main, "disk_free_limit.absolute = 50MB")?;
    for (path, text) in [(&files.main, main.as_str()), (&files.environment, ""), (&files.plugins, "[].\n")] {
        std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))?;
        if let Some(user) = instance.user {
            user.own(path)?;
        }
    }
    Ok(files)
}

/// The broker answers the protocol's header with its first method frame.
fn greets(port: u16) -> bool {
    let greet = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"AMQP\x00\x00\x09\x01")?;
        let mut answer = [0_u8; 1];
        stream.read_exact(&mut answer)?;
        Ok(answer == [1])
    };
    greet().unwrap_or(false)
}
