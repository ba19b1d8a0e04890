//! A message becomes work: what is to be sent, as it is now, and to which of its inboxes.

use std::sync::Arc;
use std::time::Duration;

use belfry_federation::Rendered;
use belfry_model::{DeliverTo, DeliverV1, TenantScope};
use belfry_queue::{Delivery, Payload, QueueName};
use belfry_storage::{End, batch_key};
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use crate::deliver::Deliver;
use crate::deliver::batch::Batch;
use crate::deliver::desk::Work;
use crate::deliver::schedule::Waiting;
use crate::host_of;
use crate::{Error, Result};

/// Prefetch is set in inboxes, and the broker counts messages.
pub(super) async fn run(deliver: Arc<Deliver>, queue: QueueName, share: usize, stop: &CancellationToken) {
    let settings = &deliver.parts.settings;
    let messages = usize::from(settings.queue.prefetch) * share / 8 / settings.delivery.batch.max(1);
    let prefetch = u16::try_from(messages).unwrap_or(u16::MAX).max(1);
    let mut consumer = deliver.parts.queue.consume(queue, prefetch);
    loop {
        let delivery = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            delivery = consumer.next() => delivery,
        };
        let Some(delivery) = delivery else { break };
        // As many at once as the prefetch lets through.
        let taker = Arc::clone(&deliver);
        deliver.tasks.spawn(async move { taker.take(delivery).await });
    }
    consumer.close().await;
}

/// What a message turned out to be.
enum Meaning {
    Send(Arc<Rendered>),
    /// Each inbox has this end without an attempt.
    Over(End),
}

impl Deliver {
    async fn take(self: &Arc<Self>, delivery: Delivery) {
        let Payload::Deliver(job) = &delivery.payload else {
            tracing::error!(job = delivery.id, "a job of another kind is in a deliver queue");
            return settle(delivery.park().await);
        };
        let job = job.clone();
        let span =
            tracing::info_span!("deliver", tenant = %job.tenant, activity = %job.activity, lane = %job.lane);
        self.take_job(job, delivery).instrument(span).await;
    }

    async fn take_job(self: &Arc<Self>, mut job: DeliverV1, delivery: Delivery) {
        let meaning = match self.understand(&mut job, delivery.redeliveries > 0).await {
            Ok(Some(meaning)) => meaning,
            Ok(None) => return settle(delivery.ack().await),
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "a batch is tried again");
                let after: Duration = self.parts.jitter.job(delivery.redeliveries);
                return settle(delivery.retry(after).await);
            }
        };
        let hosts: Vec<Arc<str>> = job.inboxes.iter().map(|to| host_of(&to.inbox).into()).collect();
        match meaning {
            Meaning::Over(end) => {
                let inboxes = job.inboxes.len();
                let batch = Batch::new(job, None, hosts, delivery);
                for index in 0..inboxes {
                    self.know(batch.end(index, end.clone())).await;
                }
            }
            Meaning::Send(rendered) => {
                let syncs = self.syncs(&job, &rendered).await;
                self.spread(Batch::new(job, Some(rendered), hosts, delivery).with_syncs(syncs)).await;
            }
        }
    }

    /// Queues each inbox for its turn, but those whose host is known to take nothing now.
    async fn spread(self: &Arc<Self>, batch: Batch) {
        let batch = Arc::new(batch);
        // Without an answer every host counts as up: that costs attempts and nothing else.
        if let Err(error) = self.parts.hosts.look_up(batch.hosts.iter().map(|host| &**host)).await {
            tracing::debug!(error = &error as &dyn std::error::Error, "the states of hosts can't be read");
        }
        let mut waiting = Vec::with_capacity(batch.hosts.len());
        for (index, host) in batch.hosts.iter().enumerate() {
            if let Some(end) = self.held(&batch, index, host) {
                self.know(batch.end(index, end)).await;
                continue;
            }
            waiting.push(Waiting {
                lane: batch.job.lane,
                tenant: batch.job.tenant,
                host: Arc::clone(host),
                what: Work { batch: Arc::clone(&batch), index },
            });
        }
        self.desk.push(waiting);
        self.pump();
    }

    /// Nothing is late or lost for lack of them: then nobody is told of followers this time.
    async fn syncs(&self, job: &DeliverV1, rendered: &Rendered) -> Vec<Option<String>> {
        let Some(scope) = TenantScope::of(job.tenant) else { return Vec::new() };
        let inboxes: Vec<&str> = job.inboxes.iter().map(|to| to.inbox.as_str()).collect();
        self.parts.federation.synchronise(scope, rendered, &inboxes).await.unwrap_or_else(|error| {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "the digests of followers can't be read"
            );
            Vec::new()
        })
    }

    /// `None`: there is nothing left to do for it.
    async fn understand(&self, job: &mut DeliverV1, redelivered: bool) -> Result<Option<Meaning>> {
        let (tenant, activity) = (job.tenant, job.activity);
        let Some(scope) = TenantScope::of(tenant) else { return Ok(None) };
        let machinery = &self.parts.machinery;
        if job.parked {
            let present = machinery.parked_present(tenant, activity, &job.inboxes).await?;
            job.inboxes.retain(|to| present.contains(&to.inbox));
        } else if (redelivered || job.again)
            && machinery.batch_is_settled(tenant, activity, batch_key(&job.inboxes)).await?
        {
            tracing::debug!("handed out once more, and settled already");
            return Ok(None);
        }
        if job.inboxes.is_empty() {
            return Ok(None);
        }
        let federation = &self.parts.federation;
        let inboxes: Vec<&str> = job.inboxes.iter().map(|to| to.inbox.as_str()).collect();
        let rendered = if job.parked {
            // Time has passed: whatever became of the post meanwhile counts.
            federation.render(scope, activity, &inboxes).await.map(|fresh| fresh.map(Arc::new))
        } else {
            self.rendered.of(federation, scope, activity, &inboxes).await
        };
        match rendered {
            Ok(Some(rendered)) => Ok(Some(Meaning::Send(rendered))),
            Ok(None) => {
                tracing::info!(inboxes = job.inboxes.len(), "withdrawn before it was sent");
                Ok(Some(Meaning::Over(End::Withdrawn)))
            }
            Err(error) if error.is_transient() => Err(Error::Federation(error)),
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "it can't be sent as it is");
                let attempts = job.inboxes.iter().map(|to: &DeliverTo| to.attempts).max().unwrap_or(0);
                Ok(Some(Meaning::Over(End::Never { attempts, reason: format!("not sent: {error}") })))
            }
        }
    }
}

pub(super) fn settle(result: belfry_queue::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(error = &error as &dyn std::error::Error, "a job may be handed out once more");
    }
}
