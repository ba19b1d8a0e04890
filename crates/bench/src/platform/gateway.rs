//! `belfry gateway`, and posting through its client API.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::header::{AUTHORIZATION, HOST};
use serde_json::{Value, json};

use super::accounts::Account;
use super::site::{SHARED_DOMAIN, Site};
use super::worker::wait_until_ready;
use crate::process::Process;
use crate::{clock, usage};

/// With its language's map the text stands twice in the activity, whose size is then 2 to 3 KB,
/// as is usual.
const SENTENCE: &str = "The water board tells residents along the river that the gauge at the old bridge \
    has risen by forty centimetres since this morning. ";
const LENGTH: usize = 480;
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Gateway {
    process: Process,
    client: reqwest::Client,
    port: u16,
    posts: u32,
}

/// A post that is committed.
#[derive(Debug, Clone)]
pub struct Posted {
    /// The id of its Create.
    pub activity: String,
    /// When the client API had answered.
    pub committed_us: u64,
}

impl Gateway {
    pub async fn start(site: &Site, database: &str) -> Result<Self> {
        let mut command = site.command(database);
        command.arg("gateway");
        let mut process = Process::start(command, "belfry gateway", site.file("gateway.log"))?;
        let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build()?;
        wait_until_ready(&mut process, &client, site.port, SHARED_DOMAIN).await?;
        Ok(Self { process, client, port: site.port, posts: 0 })
    }

    /// Publishes a post to the account's followers.
    pub async fn post(&mut self, account: &Account) -> Result<Posted> {
        self.posts += 1;
        let text: String = format!("{}. {}", self.posts, SENTENCE.repeat(4)).chars().take(LENGTH).collect();
        let answer = self
            .client
            .post(format!("http://127.0.0.1:{}/api/v1/statuses", self.port))
            .header(HOST, format!("{}.{SHARED_DOMAIN}:{}", account.tenant, self.port))
            .header(AUTHORIZATION, format!("Bearer {}", account.token))
            .json(&json!({ "status": text, "visibility": "public", "language": "en" }))
            .send()
            .await;
        let answer = answer.with_context(|| format!("posting as {}", account.handle))?;
        let committed_us = clock::now_us();
        let status = answer.status();
        let body = answer.text().await?;
        if !status.is_success() {
            bail!("posting as {} was answered with {status}: {body}", account.handle);
        }
        let body: Value = serde_json::from_str(&body)?;
        let uri = body.get("uri").and_then(Value::as_str).context("a post without `uri`")?;
        Ok(Posted { activity: format!("{uri}/activity"), committed_us })
    }

    pub fn cpu_seconds(&self) -> Result<f64> {
        usage::process_seconds(self.process.pid)
    }

    pub async fn kill(self) -> Result<()> {
        self.process.kill().await
    }
}
