//! A job in somebody's hands. It ends in exactly one of three ways: done, again later, or set aside.

use std::time::Duration;

use crate::{Payload, Result, embedded, rabbit};

/// A job that waits for its outcome. Dropped without one it comes back: over RabbitMQ when the
/// connection ends, over Postgres when its lease does.
#[derive(Debug)]
pub struct Delivery {
    /// The same each time that the job is handed out.
    pub id: String,
    pub payload: Payload,
    /// How often the job was handed out before: 0 the first time.
    pub redeliveries: u32,
    pub(crate) held: Held,
}

#[derive(Debug)]
pub(crate) enum Held {
    Rabbit(Box<rabbit::Held>),
    Embedded(embedded::Held),
}

impl Delivery {
    /// The job is done. After an error it may be handed out once more.
    pub async fn ack(self) -> Result<()> {
        match self.held {
            Held::Rabbit(held) => held.ack().await,
            Held::Embedded(held) => held.ack().await,
        }
    }

    /// Hands the job out again after about `after`. For pauses of up to a few minutes: until
    /// then RabbitMQ counts it as held by this consumer.
    pub async fn retry(self, after: Duration) -> Result<()> {
        match self.held {
            Held::Rabbit(held) => held.retry(after).await,
            Held::Embedded(held) => held.retry(after).await,
        }
    }

    /// Sets the job aside in the parking queue, as it is.
    pub async fn park(self) -> Result<()> {
        match self.held {
            Held::Rabbit(held) => held.park().await,
            Held::Embedded(held) => held.park().await,
        }
    }
}
