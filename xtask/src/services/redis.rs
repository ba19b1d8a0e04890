//! A private Redis, or Valkey, that keeps nothing on disk.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::{Instance, Part, PartRecord};
use crate::packages::in_path;
use crate::progress::pause;

const PATIENCE: Duration = Duration::from_secs(20);

pub fn start(instance: &Instance, port: u16) -> Result<PartRecord> {
    let program = in_path("redis-server")
        .or_else(|| in_path("valkey-server"))
        .context("neither `redis-server` nor `valkey-server` is installed")?;
    let folder = instance.part_folder(Part::Redis)?;
    let log = instance.log_file("redis");
    let mut server = Command::new(program);
    server.args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--save", "", "--appendonly", "no"]);
    server.arg("--dir").arg(&folder);
    let process = instance.spawn(&mut server, &log)?;
    let url = format!("redis://127.0.0.1:{port}");
    let record = PartRecord { port, url, processes: vec![process], log };
    instance.save(Part::Redis, &record)?;

    let until = Instant::now() + PATIENCE;
    while !answers(port) {
        if !record.alive() || Instant::now() > until {
            bail!("it doesn't answer{}", PartRecord::last_words(&record.log));
        }
        pause(Duration::from_millis(50));
    }
    Ok(record)
}

fn answers(port: u16) -> bool {
    let ping = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(b"PING\r\n")?;
        let mut answer = [0_u8; 5];
        stream.read_exact(&mut answer)?;
        Ok(&answer == b"+PONG")
    };
    ping().unwrap_or(false)
}
