//! Inbound: apply what has arrived, over HTTP or from a neighbour. Applying is idempotent, so a
//! job that is handed out again after a crash completes what is missing.

use std::sync::Arc;

use belfry_federation::ApplyError;
use belfry_model::InboundV1;
use belfry_queue::{Delivery, Payload, QueueName};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use crate::{Parts, host_of};

pub(crate) async fn run(parts: Arc<Parts>, stop: &CancellationToken) {
    let tasks = TaskTracker::new();
    let mut consumer = parts.queue.consume(QueueName::Inbound, parts.settings.delivery.inbound_concurrency);
    loop {
        let delivery = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            delivery = consumer.next() => delivery,
        };
        let Some(delivery) = delivery else { break };
        let parts = Arc::clone(&parts);
        // As many at once as the prefetch lets through.
        tasks.spawn(async move { handle(&parts, delivery).await });
    }
    consumer.close().await;
    tasks.close();
    tasks.wait().await;
}

async fn handle(parts: &Parts, delivery: Delivery) {
    let settled = match &delivery.payload {
        Payload::Inbound(job) => {
            let job = job.clone();
            let span = span(&job);
            hear(parts, &job).await;
            apply(parts, job, delivery).instrument(span).await
        }
        Payload::Deliver(_) => {
            tracing::error!(job = delivery.id, "a job of another kind is in the inbound queue");
            delivery.park().await
        }
    };
    if let Err(error) = settled {
        tracing::warn!(error = &error as &dyn std::error::Error, "a job may be handed out once more");
    }
}

async fn apply(parts: &Parts, job: InboundV1, delivery: Delivery) -> belfry_queue::Result<()> {
    let counted = |outcome: &'static str| {
        metrics::counter!("belfry_inbound_total", "outcome" => outcome).increment(1);
    };
    let said = match &job {
        InboundV1::Remote { actor, sync: Some(sync), .. } => Some((actor.clone(), sync.clone())),
        InboundV1::Remote { .. } | InboundV1::Neighbour { .. } => None,
    };
    match parts.federation.apply(job).await {
        Ok(()) => {
            counted("applied");
            let settled = delivery.ack().await;
            // After it is settled: the other server may take its time to answer.
            if let Some((actor, sync)) = said
                && let Err(error) = parts.federation.compare_followers(&actor, &sync).await
            {
                tracing::debug!(error = &error as &dyn std::error::Error, "followers could not be compared");
            }
            settled
        }
        Err(ApplyError::Retry(error)) => {
            counted("later");
            tracing::warn!(error = &error as &dyn std::error::Error, "an activity is applied later");
            let after = parts.jitter.job(delivery.redeliveries);
            delivery.retry(after).await
        }
        Err(ApplyError::Drop { reason }) => {
            counted("dropped");
            tracing::info!(reason, "an activity is dropped");
            delivery.ack().await
        }
    }
}

/// A verified request is a sign of life: what waits for its host is worth another attempt.
async fn hear(parts: &Parts, job: &InboundV1) {
    let InboundV1::Remote { actor, .. } = job else { return };
    if let Err(error) = parts.hosts.spoke(&host_of(actor)).await {
        tracing::debug!(error = &error as &dyn std::error::Error, "the state of a host can't be read");
    }
}

fn span(job: &InboundV1) -> tracing::Span {
    match job {
        InboundV1::Remote { actor, .. } => tracing::info_span!("inbound", from = actor),
        InboundV1::Neighbour { tenant, activity } => {
            tracing::info_span!("inbound", from_tenant = %tenant, %activity)
        }
    }
}
