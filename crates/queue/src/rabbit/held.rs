//! Messages that are not acked yet, and their three ends. Each is acked by itself: a grouped
//! ack would have to stop at the lowest unfinished tag.

use std::sync::Arc;
use std::time::Duration;

use lapin::options::{BasicAckOptions, BasicNackOptions};
use lapin::{Acker, Channel};
use tokio::time::Instant;

use crate::rabbit::link::{Link, Live};
use crate::rabbit::publish::{self, Message};
use crate::{Error, Result};

/// How long a job that is set aside waits for a connection; then it comes back by itself.
const PATIENCE: Duration = Duration::from_secs(10);

/// Keeps its channel open: a message can only be acked on the one that brought it.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) acker: Acker,
    pub(crate) id: String,
    pub(crate) body: Vec<u8>,
    pub(crate) parking: Arc<str>,
    pub(crate) publishing: Link,
    pub(crate) live: Arc<Live>,
    pub(crate) channel: Channel,
}

impl Held {
    pub(crate) async fn ack(self) -> Result<()> {
        usable(self.acker.ack(BasicAckOptions::default()).await)
    }

    /// The broker knows no delay: the message stays with us, unacked, until its time. If we die
    /// in between, it comes back earlier than it was meant to.
    pub(crate) async fn retry(self, after: Duration) -> Result<()> {
        if after.is_zero() {
            return self.give_back().await;
        }
        tokio::spawn(async move {
            tokio::select! {
                () = tokio::time::sleep(after) => {}
                () = self.live.ended() => {}
            }
            if let Err(error) = self.give_back().await {
                tracing::debug!(%error, "a job could not be given back and comes back by itself");
            }
        });
        Ok(())
    }

    async fn give_back(self) -> Result<()> {
        usable(self.acker.nack(BasicNackOptions { multiple: false, requeue: true }).await)
    }

    /// In the parking queue first, then out of its own: never in neither.
    pub(crate) async fn park(mut self) -> Result<()> {
        let message = Message::raw(std::mem::take(&mut self.id), std::mem::take(&mut self.body));
        let live = self.publishing.live_until(Instant::now() + PATIENCE).await?;
        publish::publish(live.publisher(), &self.parking, &mut [message], 1).await?;
        self.ack().await
    }
}

fn usable(answer: lapin::Result<bool>) -> Result<()> {
    match answer {
        Ok(true) => Ok(()),
        Ok(false) => Err(Error::LeaseLost),
        Err(error) => Err(Error::Broker(error)),
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        tracing::trace!(channel = self.channel.id(), "a message left our hands");
    }
}
