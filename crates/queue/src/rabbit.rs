//! The queue in RabbitMQ: quorum queues, publisher confirms, manual acks.
//!
//! Invariant: nothing counts as published before the broker's confirm, and only `Ack(None)` is
//! one: an unroutable message is confirmed too, with the message in it. The connection is
//! supervised here; lapin's own recovery is not used, because it may hang when a broker restarts.
//!
//! Publishing has a connection of its own: a broker whose disk or memory is full stops reading
//! from those that publish, and acks must get through all the same.

mod consume;
mod held;
mod link;
mod publish;
mod topology;

use std::time::Duration;

use belfry_model::Secret;
use lapin::options::QueueDeclareOptions;
use tokio::time::{Instant, timeout_at};

use crate::envelope::Envelope;
use crate::rabbit::link::Link;
use crate::rabbit::publish::Message;
use crate::rabbit::topology::Topology;
use crate::{Consumer, Error, QueueName, QueueOptions, Result};

pub(crate) use crate::rabbit::held::Held;

const PING_TIMEOUT: Duration = Duration::from_secs(2);

#[derive(Debug, Clone)]
pub(crate) struct RabbitQueue {
    publishing: Link,
    consuming: Link,
    topology: Topology,
    confirm_window: usize,
    publish_timeout: Duration,
}

impl RabbitQueue {
    pub(crate) async fn connect(url: &Secret, options: QueueOptions) -> Result<Self> {
        let topology = Topology::new(options.prefix);
        let (publishing, consuming) =
            tokio::try_join!(Link::connect(url, topology.clone()), Link::connect(url, topology.clone()))?;
        Ok(Self {
            publishing,
            consuming,
            topology,
            confirm_window: options.confirm_window.max(1),
            publish_timeout: options.publish_timeout,
        })
    }

    /// Keeps trying over broken connections until the time is up, and sends again only what was
    /// not confirmed.
    pub(crate) async fn publish(&self, name: QueueName, envelopes: &[Envelope<'_>]) -> Result<()> {
        let mut messages = envelopes.iter().map(Message::new).collect::<Result<Vec<_>>>()?;
        let queue = self.topology.queue(name);
        let deadline = Instant::now() + self.publish_timeout;
        loop {
            let live = self.publishing.live_until(deadline).await?;
            let attempt = publish::publish(live.publisher(), &queue, &mut messages, self.confirm_window);
            let error = match timeout_at(deadline, attempt).await {
                Ok(Ok(())) => return Ok(()),
                Ok(Err(Error::Refused)) => return Err(Error::Refused),
                Ok(Err(error)) => error,
                // What still waits in this connection must not arrive after the caller has given up.
                Err(_) => {
                    let blocked = live.connection().status().blocked();
                    live.broken();
                    return Err(if blocked { Error::Blocked } else { Error::Unconfirmed });
                }
            };
            tracing::warn!(%error, %name, "publishing again over a new connection");
            live.broken();
            if Instant::now() >= deadline {
                return Err(error);
            }
        }
    }

    pub(crate) fn consume(&self, name: QueueName, prefetch: u16, max_redeliveries: u32) -> Consumer {
        let intake = consume::Intake {
            link: self.consuming.clone(),
            publishing: self.publishing.clone(),
            name,
            queue: self.topology.queue(name),
            parking: self.topology.queue(QueueName::Parking),
            prefetch,
            max_redeliveries,
        };
        Consumer::start(prefetch, |deliveries, stop| intake.run(deliveries, stop))
    }

    pub(crate) async fn depth(&self, name: QueueName) -> Result<u64> {
        let deadline = Instant::now() + self.publish_timeout;
        self.depth_until(name, deadline).await
    }

    async fn depth_until(&self, name: QueueName, deadline: Instant) -> Result<u64> {
        let live = self.consuming.live_until(deadline).await?;
        let declared = live.inspector().queue_declare(
            self.topology.queue(name).into(),
            QueueDeclareOptions::durable().passive(),
            lapin::types::FieldTable::default(),
        );
        match timeout_at(deadline, declared).await {
            Ok(Ok(queue)) => Ok(u64::from(queue.message_count())),
            // The queue was deleted, or the connection is gone: a new one declares it again.
            Ok(Err(error)) => {
                live.broken();
                Err(Error::Broker(error))
            }
            Err(_) => Err(Error::Unreachable(None)),
        }
    }

    /// One question to the broker, since a dead connection may not be known as dead yet.
    pub(crate) async fn ping(&self) -> Result<()> {
        self.depth_until(QueueName::Parking, Instant::now() + PING_TIMEOUT).await.map(drop)
    }
}
