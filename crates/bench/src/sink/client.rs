//! The sinks as the benchmark sees them: a child process and its control connection.

use std::path::Path;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use super::protocol::{Arrival, Ask, Behaviour, Count, Listening, Totals};
use crate::process::{self, Process};
use crate::usage;

pub struct Sinks {
    /// Where all hosts' inboxes are.
    pub port: u16,
    process: Process,
    read: BufReader<OwnedReadHalf>,
    write: OwnedWriteHalf,
}

impl Sinks {
    pub async fn start(folder: &Path) -> Result<Self> {
        let mut command = process::this_program()?;
        command.arg("sink");
        let (process, line) = Process::start_and_read(command, "the sinks", folder.join("sink.log")).await?;
        let listening: Listening = serde_json::from_str(&line).context("reading where the sinks listen")?;
        let control = TcpStream::connect(("127.0.0.1", listening.control)).await?;
        control.set_nodelay(true)?;
        let (read, write) = control.into_split();
        Ok(Self { port: listening.port, process, read: BufReader::new(read), write })
    }

    pub async fn everywhere(&mut self, behaviour: Behaviour) -> Result<()> {
        self.ask(&Ask::Everywhere { behaviour }).await
    }

    pub async fn at(&mut self, hosts: Vec<u32>, behaviour: Behaviour) -> Result<()> {
        self.ask(&Ask::At { hosts, behaviour }).await
    }

    pub async fn release(&mut self) -> Result<()> {
        self.ask(&Ask::Release).await
    }

    pub async fn count(&mut self, activity: &str) -> Result<Count> {
        self.ask(&Ask::Count { activity: activity.to_owned() }).await
    }

    pub async fn arrivals(&mut self, activity: &str) -> Result<Vec<Arrival>> {
        self.ask(&Ask::Arrivals { activity: activity.to_owned() }).await
    }

    pub async fn totals(&mut self) -> Result<Totals> {
        self.ask(&Ask::Totals).await
    }

    pub fn cpu_seconds(&self) -> Result<f64> {
        usage::process_seconds(self.process.pid)
    }

    async fn ask<T: DeserializeOwned>(&mut self, ask: &Ask) -> Result<T> {
        let mut line = serde_json::to_string(ask)?;
        line.push('\n');
        self.write.write_all(line.as_bytes()).await.context("telling the sinks")?;
        let mut answer = String::new();
        self.read.read_line(&mut answer).await.context("asking the sinks")?;
        serde_json::from_str(&answer).with_context(|| format!("the sinks said: {answer}"))
    }
}
