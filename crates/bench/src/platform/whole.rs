//! `belfry all`: the whole platform as one process, and what its pages answer.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use reqwest::StatusCode;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, ORIGIN};

use super::site::{SHARED_DOMAIN, Site};
use super::worker::wait_until_ready;
use crate::process::Process;
use crate::usage;

const PATIENCE: Duration = Duration::from_secs(30);
/// How often a host that isn't known yet is asked again.
const LOOK: Duration = Duration::from_millis(2);

pub struct Whole {
    process: Process,
    client: reqwest::Client,
    port: u16,
}

impl Whole {
    /// `keys`: how many key pairs it makes ahead; the default where it is `None`.
    pub async fn start(site: &Site, database: &str, keys: Option<usize>) -> Result<Self> {
        let mut command = site.command(database);
        command.arg("all");
        match keys {
            Some(keys) => command.env("BELFRY__KEYS__POOL_SIZE", keys.to_string()),
            None => command.env("BELFRY__KEYS__POOL_SIZE", "8"),
        };
        let mut process = Process::start(command, "belfry all", site.file("all.log"))?;
        let redirects = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder().no_proxy().redirect(redirects).timeout(PATIENCE).build()?;
        wait_until_ready(&mut process, &client, site.port, SHARED_DOMAIN).await?;
        Ok(Self { process, client, port: site.port })
    }

    /// Milliseconds until the page of a host has come whole. An answer other than 200 is an error.
    pub async fn page(&self, host: &str, path: &str, cookies: &str) -> Result<f64> {
        let began = Instant::now();
        let answer = self.get(host, path, cookies).await?;
        let status = answer.status();
        let body = answer.bytes().await?;
        let took = began.elapsed();
        if status != StatusCode::OK {
            bail!("{host}{path} was answered with {status}: {}", String::from_utf8_lossy(&body));
        }
        Ok(took.as_secs_f64() * 1000.0)
    }

    /// Until this process serves a host that another has just made.
    pub async fn wait_for(&self, host: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        while self.get(host, "/", "").await?.status() != StatusCode::OK {
            if Instant::now() > until {
                bail!("waited {} s for {host} to be served{}", PATIENCE.as_secs(), self.process.last_words());
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }

    pub async fn get(&self, host: &str, path: &str, cookies: &str) -> Result<reqwest::Response> {
        let request = self
            .client
            .get(format!("http://127.0.0.1:{}{path}", self.port))
            .header(HOST, format!("{host}:{}", self.port))
            .header(ACCEPT, "text/html");
        let request = if cookies.is_empty() { request } else { request.header(COOKIE, cookies) };
        request.send().await.with_context(|| format!("asking {host} for {path}"))
    }

    /// A form, from the page that it is on.
    pub async fn post(
        &self,
        host: &str,
        path: &str,
        cookies: &str,
        fields: &[(&str, &str)],
    ) -> Result<reqwest::Response> {
        self.client
            .post(format!("http://127.0.0.1:{}{path}", self.port))
            .header(HOST, format!("{host}:{}", self.port))
            .header(ORIGIN, format!("http://{host}:{}", self.port))
            .header(COOKIE, cookies)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(serde_urlencoded::to_string(fields)?)
            .send()
            .await
            .with_context(|| format!("sending a form to {path} of {host}"))
    }

    pub fn resident_kib(&self) -> Result<f64> {
        usage::resident_kib(self.process.pid)
    }

    pub async fn stop(self) -> Result<()> {
        self.process.stop().await
    }
}
