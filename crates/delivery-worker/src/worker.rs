//! A worker process: its parts, and its duties until it is told to stop.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use belfry_cache::Cache;
use belfry_federation::Federation;
use belfry_model::{Clock, Secret};
use belfry_queue::Queue;
use belfry_settings::Settings;
use belfry_social::Social;
use belfry_storage::{AppDb, HOST, Listener, WorkerDb};
use belfry_tenancy::{Directory, Keys};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::hosts::Hosts;
use crate::{Duty, Error, Jitter, Result, deliver, fanout, inbound, scheduler};

const LISTEN_AGAIN: Duration = Duration::from_secs(1);

/// What a worker is made of.
#[derive(Debug)]
pub struct WorkerParts {
    pub queue: Queue,
    /// The machinery; no content.
    pub machinery: WorkerDb,
    /// The same address once more: listening needs a connection of its own.
    pub machinery_url: Secret,
    /// Tenants' rows, each in its own transaction: for forgetting what is old.
    pub app: AppDb,
    pub cache: Cache,
    pub federation: Federation,
    /// For removing uploads that nothing took.
    pub social: Social,
    pub directory: Arc<Directory>,
    pub keys: Arc<Keys>,
    pub clock: Arc<dyn Clock>,
    pub jitter: Jitter,
    pub settings: Arc<Settings>,
}

/// What its duties work with.
#[derive(Debug)]
pub(crate) struct Parts {
    given: WorkerParts,
    /// What is known of other hosts, for all duties together.
    pub(crate) hosts: Hosts,
}

impl Deref for Parts {
    type Target = WorkerParts;

    fn deref(&self) -> &WorkerParts {
        &self.given
    }
}

/// Cheap to clone: it holds handles only.
#[derive(Debug, Clone)]
pub struct Worker {
    parts: Arc<Parts>,
}

impl Worker {
    pub fn new(given: WorkerParts) -> Self {
        let hosts = Hosts::new(given.machinery.clone(), Arc::clone(&given.clock), &given.settings.delivery);
        Self { parts: Arc::new(Parts { given, hosts }) }
    }

    /// Does its duties until `shutdown`; then stops taking, and finishes or gives back what it
    /// holds within the grace that the settings give. What takes longer comes back by itself.
    ///
    /// An error means that a duty ended although nobody asked it to.
    pub async fn run(&self, duties: &[Duty], shutdown: CancellationToken) -> Result<()> {
        let mut running = JoinSet::new();
        let watch = tokio::spawn(watch_hosts(Arc::clone(&self.parts)));
        let _end_with_the_worker = AbortOnDrop(watch);
        for duty in duties.iter().copied() {
            let (parts, stop) = (Arc::clone(&self.parts), shutdown.child_token());
            running.spawn(async move {
                tracing::info!(%duty, "the worker begins");
                match duty {
                    Duty::Fanout => fanout::run(&parts, &stop).await,
                    Duty::Deliver => deliver::run(parts, &stop).await,
                    Duty::Inbound => inbound::run(parts, &stop).await,
                    Duty::Scheduler => scheduler::run(&parts, &stop).await,
                }
                duty
            });
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            ended = running.join_next() => match ended {
                // Dropping the set ends the others; their jobs come back.
                Some(Ok(duty)) if !shutdown.is_cancelled() => return Err(Error::Ended(duty)),
                Some(Err(error)) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
                Some(_) | None => {}
            },
        }
        let grace = Duration::from_secs(self.parts.settings.delivery.shutdown_grace_seconds);
        let finishing = async { while running.join_next().await.is_some() {} };
        if tokio::time::timeout(grace, finishing).await.is_err() {
            tracing::warn!(?grace, "work under way took longer than the grace and comes back by itself");
        }
        Ok(())
    }
}

/// What another process finds out about a host is soon known here.
async fn watch_hosts(parts: Arc<Parts>) {
    loop {
        let listened = async {
            let mut listener = Listener::connect(&parts.machinery_url, &[HOST]).await?;
            parts.hosts.forget_all();
            loop {
                match listener.wait().await? {
                    Some(host) => parts.hosts.forget(&host),
                    None => parts.hosts.forget_all(),
                }
            }
        };
        let ended: belfry_storage::Result<()> = listened.await;
        if let Err(error) = ended {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "hosts are looked up from time to time"
            );
        }
        tokio::time::sleep(LISTEN_AGAIN).await;
    }
}

struct AbortOnDrop(tokio::task::JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits, unless the worker stops first: `false` then.
pub(crate) async fn pause(time: Duration, stop: &CancellationToken) -> bool {
    tokio::select! {
        () = stop.cancelled() => false,
        () = tokio::time::sleep(time) => true,
    }
}
