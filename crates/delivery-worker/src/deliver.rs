//! Deliver: from the queue into the world, a batch of inboxes to a message.
//!
//! ```text
//! queue ─▶ intake ─▶ schedule ─▶ attempt ─▶ batch ─▶ record ─▶ ack
//!          render,   tenants     sign,      all      into
//!          look up   in turn,    POST       its      Postgres,
//!          hosts     per host               inboxes  many at once
//! ```
//!
//! Invariant: a message is acknowledged only when the outcome of each of its inboxes is in
//! Postgres. A process holds no more of them than `queue.prefetch`, counted in inboxes.

mod attempt;
mod batch;
mod desk;
mod intake;
mod record;
mod rendered;
mod schedule;
mod verdict;

use std::sync::Arc;

use belfry_model::Lane;
use belfry_queue::QueueName;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::Parts;
use crate::deliver::batch::Known;
use crate::deliver::desk::Desk;
use crate::deliver::rendered::RenderedCache;

/// Where the messages come from, and what share of the prefetch each may hold, in eighths.
const SOURCES: [(QueueName, usize); 4] = [
    (QueueName::Deliver(Lane::Urgent), 1),
    (QueueName::DeliverFirst, 2),
    (QueueName::Deliver(Lane::Normal), 4),
    (QueueName::Deliver(Lane::Bulk), 1),
];

/// What the deliver duty holds besides the worker's parts.
pub(crate) struct Deliver {
    parts: Arc<Parts>,
    desk: Desk,
    rendered: RenderedCache,
    known: mpsc::Sender<Known>,
    tasks: TaskTracker,
}

pub(crate) async fn run(parts: Arc<Parts>, stop: &CancellationToken) {
    // As many as can be under way: whoever has an outcome seldom waits for the recorder.
    let (known, outcomes) = mpsc::channel(usize::from(parts.settings.queue.prefetch).max(1));
    let recorder = tokio::spawn(record::run(Arc::clone(&parts), outcomes));
    let tasks = TaskTracker::new();
    let desk = Desk::new(&parts.settings.delivery);
    let deliver = Arc::new(Deliver { parts, desk, rendered: RenderedCache::default(), known, tasks });
    let sources = SOURCES.map(|(queue, share)| intake::run(Arc::clone(&deliver), queue, share, stop));
    futures::future::join_all(sources).await;
    // What was taken is finished; the worker's grace bounds it.
    deliver.tasks.close();
    deliver.tasks.wait().await;
    drop(deliver);
    if let Err(error) = recorder.await {
        tracing::error!(%error, "the recorder of outcomes failed");
    }
}

impl Deliver {
    async fn know(&self, known: Option<Known>) {
        let Some(known) = known else { return };
        if self.known.send(known).await.is_err() {
            tracing::error!("outcomes can't be recorded: their messages come back");
        }
    }
}
