//! The job envelope and one queue contract over RabbitMQ and over Postgres.
//!
//! Invariant: at least once. A publish that returned has been confirmed as durable; a job is
//! gone only after its consumer said so, and comes back when the consumer dies. A job that
//! can't be read, or that was handed out too often, is set aside in the parking queue: it is
//! neither lost nor does it go round for ever.

mod consumer;
mod delivery;
mod embedded;
mod envelope;
mod error;
mod name;
mod rabbit;

use std::time::Duration;

use belfry_model::Secret;

pub use consumer::Consumer;
pub use delivery::Delivery;
pub use envelope::Payload;
pub use error::{Error, Result};
pub use name::QueueName;

use crate::embedded::EmbeddedQueue;
use crate::envelope::Envelope;
use crate::rabbit::RabbitQueue;

/// From the `queue` settings.
#[derive(Debug, Clone)]
pub struct QueueOptions {
    /// Put before the queues' names, so that two platforms can share a broker.
    pub prefix: String,
    /// Published messages that may await the broker's confirm at once.
    pub confirm_window: usize,
    /// How long a publish tries before it is an error.
    pub publish_timeout: Duration,
    /// Times that a job is handed out again before it is set aside.
    pub max_redeliveries: u32,
    /// How long a job of the embedded queue stays with a consumer that no longer renews it.
    pub lease: Duration,
    /// Connections to the embedded queue's database.
    pub max_connections: u32,
}

impl Default for QueueOptions {
    fn default() -> Self {
        Self {
            prefix: "belfry".into(),
            confirm_window: 500,
            publish_timeout: Duration::from_secs(10),
            max_redeliveries: 20,
            lease: Duration::from_mins(2),
            max_connections: 4,
        }
    }
}

/// One contract over two servers; cheap to clone.
#[derive(Debug, Clone)]
pub struct Queue {
    backend: Backend,
    max_redeliveries: u32,
}

#[derive(Debug, Clone)]
enum Backend {
    Rabbit(RabbitQueue),
    Embedded(EmbeddedQueue),
}

impl Queue {
    /// `url` is `amqp://…`, `amqps://…` or `embedded`; the last uses `database`, in whose role
    /// only a worker may consume. Fails at once if the server is away.
    pub async fn connect(url: &Secret, database: &Secret, options: QueueOptions) -> Result<Self> {
        let max_redeliveries = options.max_redeliveries;
        let backend = if url.expose() == "embedded" {
            Backend::Embedded(EmbeddedQueue::connect(database, &options).await?)
        } else {
            Backend::Rabbit(RabbitQueue::connect(url, options).await?)
        };
        Ok(Self { backend, max_redeliveries })
    }

    /// Returns when every job is confirmed as durable. After an error some of them may be in
    /// the queue nevertheless: whoever publishes again may double them, and never loses one.
    pub async fn publish(&self, name: QueueName, payloads: &[Payload]) -> Result<()> {
        let envelopes: Vec<_> = payloads.iter().map(Envelope::new).collect();
        if envelopes.is_empty() {
            return Ok(());
        }
        match &self.backend {
            Backend::Rabbit(rabbit) => rabbit.publish(name, &envelopes).await,
            Backend::Embedded(embedded) => embedded.publish(name, &envelopes).await,
        }
    }

    /// Takes jobs from now on. The consumer holds at most `prefetch` that are not settled.
    pub fn consume(&self, name: QueueName, prefetch: u16) -> Consumer {
        match &self.backend {
            Backend::Rabbit(rabbit) => rabbit.consume(name, prefetch.max(1), self.max_redeliveries),
            Backend::Embedded(embedded) => embedded.consume(name, prefetch.max(1), self.max_redeliveries),
        }
    }

    /// Jobs that wait and that no consumer holds.
    pub async fn depth(&self, name: QueueName) -> Result<u64> {
        match &self.backend {
            Backend::Rabbit(rabbit) => rabbit.depth(name).await,
            Backend::Embedded(embedded) => embedded.depth(name).await,
        }
    }

    /// Answers when the server does.
    pub async fn ping(&self) -> Result<()> {
        match &self.backend {
            Backend::Rabbit(rabbit) => rabbit.ping().await,
            Backend::Embedded(embedded) => embedded.ping().await,
        }
    }
}
