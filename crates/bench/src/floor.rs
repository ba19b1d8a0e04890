//! `belfry-bench floor`: sign, digest and POST through the platform's own client, and nothing
//! else. No delivery of the platform can be cheaper than this, on this machine, at this moment.
//!
//! The key is warm, connections are kept, both cores are busy, and as many requests are under
//! way as the worker's settings allow. Prints one line of JSON, [`Floor`].

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use anyhow::{Context, Result};
use belfry_activitypub::key::KeyPair;
use belfry_activitypub::{SigningKey, digest};
use belfry_federation::client::GuardedClient;
use belfry_model::SystemClock;
use belfry_settings::Settings;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use crate::{clock, loopback};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The sinks' port
    #[arg(long)]
    port: u16,
    #[arg(long, default_value_t = 200)]
    hosts: u32,
    #[arg(long, default_value_t = 20_000)]
    deliveries: u32,
    /// As large as what the platform sends
    #[arg(long, default_value_t = 2_500)]
    body_bytes: usize,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Floor {
    pub deliveries: u32,
    pub failed: u32,
    pub seconds: f64,
    pub cpu_seconds: f64,
    pub concurrency: usize,
    pub body_bytes: usize,
}

struct Sender {
    client: GuardedClient,
    key: Arc<SigningKey>,
    body: Bytes,
    inboxes: Vec<String>,
    next: AtomicU32,
    failed: AtomicU32,
}

pub async fn run(args: &Args) -> Result<()> {
    let settings: Settings = toml::from_str(
        "[platform]\nshared_domain = \"social.localhost\"\nscheme = \"http\"\n\
         [federation]\nallowed_private_networks = [\"127.0.0.0/8\"]\n",
    )?;
    let concurrency = settings.delivery.concurrency;
    let pair = KeyPair::rsa_2048().context("making a key")?;
    let warm = args.deliveries / 10;
    let inboxes = (0..warm + args.deliveries).filter_map(|number| {
        let address = loopback::address(number % args.hosts.max(1))?;
        Some(format!("http://{address}:{}/users/{number}/inbox", args.port))
    });
    let sender = Arc::new(Sender {
        client: GuardedClient::new(&settings, SystemClock::shared())?,
        key: Arc::new(SigningKey::from_pem(
            "http://social.localhost/users/floor#main-key",
            &pair.private_pem,
        )?),
        body: Bytes::from(body(args.body_bytes)),
        inboxes: inboxes.collect(),
        next: AtomicU32::new(0),
        failed: AtomicU32::new(0),
    });
    // Connections first, and whatever else happens once.
    round(&sender, concurrency, warm).await?;
    sender.next.store(warm, Ordering::Relaxed);
    sender.failed.store(0, Ordering::Relaxed);
    let (began, cpu) = (Instant::now(), clock::process_cpu());
    round(&sender, concurrency, warm + args.deliveries).await?;
    let floor = Floor {
        deliveries: args.deliveries,
        failed: sender.failed.load(Ordering::Relaxed),
        seconds: began.elapsed().as_secs_f64(),
        cpu_seconds: clock::process_cpu() - cpu,
        concurrency,
        body_bytes: args.body_bytes,
    };
    crate::answer(&serde_json::to_string(&floor)?)
}

/// The inboxes from where it stands up to `until`, each once.
async fn round(sender: &Arc<Sender>, concurrency: usize, until: u32) -> Result<()> {
    let mut senders = JoinSet::new();
    for _ in 0..concurrency {
        senders.spawn(Arc::clone(sender).send(until));
    }
    while let Some(ended) = senders.join_next().await {
        ended?;
    }
    Ok(())
}

impl Sender {
    async fn send(self: Arc<Self>, until: u32) {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let inbox = usize::try_from(number).ok().and_then(|number| self.inboxes.get(number));
            let Some(inbox) = inbox.filter(|_| number < until) else { return };
            let digest = digest::header(&self.body);
            let answer = self.client.post_signed(inbox, &self.body, &digest, &self.key).await;
            if !answer.is_ok_and(|answer| answer.is_success()) {
                self.failed.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

/// An activity of this size; what it says doesn't matter to the sinks. Each run has its own, or
/// the second would look like the first sent twice.
fn body(bytes: usize) -> String {
    let run = std::process::id();
    let shell = |content: &str| {
        format!(r#"{{"id":"http://social.localhost/floor/{run}","type":"Create","content":"{content}"}}"#)
    };
    shell(&"x".repeat(bytes.saturating_sub(shell("").len())))
}
