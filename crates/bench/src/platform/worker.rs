//! `belfry worker`: the processes whose work is measured.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use reqwest::header::HOST;

use super::free_port;
use super::site::Site;
use crate::process::Process;
use crate::usage;

const READY: Duration = Duration::from_mins(1);
const LOOK: Duration = Duration::from_millis(50);

#[derive(Debug)]
pub struct Worker(Process);

impl Worker {
    /// With all its roles, as one process; returns when it says that it is ready.
    pub async fn start(site: &Site, database: &str, number: usize) -> Result<Self> {
        let port = free_port()?;
        let mut command = site.command(database);
        // The one way to ask a worker whether it is ready.
        command.arg("worker").env("BELFRY__METRICS__BIND", format!("127.0.0.1:{port}"));
        let title = format!("belfry worker {number}");
        let mut process = Process::start(command, &title, site.file(&format!("worker-{number}.log")))?;
        let client = reqwest::Client::builder().no_proxy().timeout(READY).build()?;
        wait_until_ready(&mut process, &client, port, "localhost").await?;
        Ok(Self(process))
    }

    pub fn cpu_seconds(&self) -> Result<f64> {
        usage::process_seconds(self.0.pid)
    }

    pub fn high_water_mb(&self) -> Result<f64> {
        usage::high_water_mb(self.0.pid)
    }

    pub fn expect_alive(&mut self) -> Result<()> {
        self.0.expect_alive()
    }

    pub fn last_words(&self) -> String {
        self.0.last_words()
    }

    pub async fn stop(self) -> Result<()> {
        self.0.stop().await
    }

    pub async fn kill(self) -> Result<()> {
        self.0.kill().await
    }
}

pub(super) async fn wait_until_ready(
    process: &mut Process,
    client: &reqwest::Client,
    port: u16,
    host: &str,
) -> Result<()> {
    let until = Instant::now() + READY;
    let url = format!("http://127.0.0.1:{port}/health/ready");
    loop {
        process.expect_alive()?;
        let answer = client.get(&url).header(HOST, format!("{host}:{port}")).send().await;
        if answer.is_ok_and(|answer| answer.status().is_success()) {
            return Ok(());
        }
        if Instant::now() > until {
            bail!("waited {} s for {url} to be answered{}", READY.as_secs(), process.last_words());
        }
        tokio::time::sleep(LOOK).await;
    }
}
