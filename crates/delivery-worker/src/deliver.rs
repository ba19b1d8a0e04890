//! Deliver: a batch of inboxes at a time, from the queue into the world.

mod attempt;
mod host;
mod record;
mod slots;

use std::sync::Arc;
use std::time::Duration;

use belfry_federation::Rendered;
use belfry_model::{DeliverV1, Lane, TenantScope};
use belfry_queue::{Consumer, Delivery, Payload, QueueName};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use crate::deliver::attempt::{Verdict, attempt};
use crate::deliver::slots::Slots;
use crate::{Error, Parts, Result};

/// What the deliver duty holds besides the worker's parts.
pub(crate) struct Deliver {
    parts: Arc<Parts>,
    slots: Slots,
}

pub(crate) async fn run(parts: Arc<Parts>, stop: &CancellationToken) {
    let settings = &parts.settings.delivery;
    let slots = Slots::new(settings.concurrency, settings.per_host_concurrency);
    let deliver = Arc::new(Deliver { parts, slots });
    let tasks = TaskTracker::new();
    let lanes = Lane::ALL.iter().map(|lane| lane_run(Arc::clone(&deliver), *lane, &tasks, stop));
    futures::future::join_all(lanes).await;
    tasks.close();
    tasks.wait().await;
}

/// Prefetch is set in inboxes, and the broker counts messages.
async fn lane_run(deliver: Arc<Deliver>, lane: Lane, tasks: &TaskTracker, stop: &CancellationToken) {
    let batch = deliver.parts.settings.delivery.batch.max(1);
    let messages = usize::from(deliver.parts.settings.queue.prefetch) / batch;
    let prefetch = u16::try_from(messages).unwrap_or(u16::MAX).max(1);
    let mut consumer: Consumer = deliver.parts.queue.consume(QueueName::Deliver(lane), prefetch);
    loop {
        let delivery = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            delivery = consumer.next() => delivery,
        };
        let Some(delivery) = delivery else { break };
        // As many at once as the prefetch lets through.
        let deliver = Arc::clone(&deliver);
        tasks.spawn(async move { deliver.handle(delivery).await });
    }
    consumer.close().await;
}

impl Deliver {
    async fn handle(&self, delivery: Delivery) {
        let job = match &delivery.payload {
            Payload::Deliver(job) => job.clone(),
            Payload::Inbound(_) => {
                tracing::error!(job = delivery.id, "a job of another kind is in a deliver queue");
                settle(delivery.park().await);
                return;
            }
        };
        let span =
            tracing::info_span!("deliver", tenant = %job.tenant, activity = %job.activity, lane = %job.lane);
        self.handle_job(&job, delivery).instrument(span).await;
    }

    async fn handle_job(&self, job: &DeliverV1, delivery: Delivery) {
        let done = match self.rendered(job).await {
            Ok(Some(rendered)) => self.send(job, &rendered).await,
            Ok(None) => {
                tracing::info!(inboxes = job.inboxes.len(), "withdrawn before it was sent");
                Ok(())
            }
            Err(Error::Federation(error)) if !error.is_transient() => {
                tracing::error!(error = &error as &dyn std::error::Error, "it can't be sent as it is");
                self.bury(job, &error.to_string()).await
            }
            Err(error) => Err(error),
        };
        // Acknowledged only now that each inbox's outcome is in Postgres.
        match done {
            Ok(()) => settle(delivery.ack().await),
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "a batch is tried again");
                let after: Duration = self.parts.jitter.job(delivery.redeliveries);
                settle(delivery.retry(after).await);
            }
        }
    }

    /// The activity as its rows are now.
    async fn rendered(&self, job: &DeliverV1) -> Result<Option<Rendered>> {
        match TenantScope::of(job.tenant) {
            Some(scope) => Ok(self.parts.federation.render(scope, job.activity).await?),
            None => Ok(None),
        }
    }

    /// All inboxes of the batch at once, within the bounds of the slots.
    async fn send(&self, job: &DeliverV1, rendered: &Rendered) -> Result<()> {
        let attempts: FuturesUnordered<_> =
            job.inboxes.iter().map(|to| attempt(self, job, rendered, to)).collect();
        let verdicts: Vec<Verdict> = attempts.collect().await;
        self.record(job, verdicts).await
    }
}

fn settle(result: belfry_queue::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(error = &error as &dyn std::error::Error, "a job may be handed out once more");
    }
}
