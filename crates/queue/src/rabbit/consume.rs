//! Taking messages: one channel a consumer, with its own prefetch; again after every reconnect.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use lapin::options::{BasicCancelOptions, BasicConsumeOptions, BasicQosOptions};
use lapin::types::{AMQPValue, FieldTable};
use lapin::{Channel, message::Delivery as Message};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::delivery::Held as AnyHeld;
use crate::rabbit::held::Held;
use crate::rabbit::link::{Link, Live};
use crate::{Delivery, QueueName, envelope};

/// Between two subscriptions that fail over a connection which seems well.
const PAUSE: Duration = Duration::from_millis(200);

pub(crate) struct Intake {
    pub(crate) link: Link,
    /// For what is set aside.
    pub(crate) publishing: Link,
    pub(crate) name: QueueName,
    pub(crate) queue: String,
    pub(crate) parking: String,
    pub(crate) prefetch: u16,
    pub(crate) max_redeliveries: u32,
}

impl Intake {
    pub(crate) async fn run(self, deliveries: mpsc::Sender<Delivery>, stop: CancellationToken) {
        let parking: Arc<str> = self.parking.as_str().into();
        loop {
            let live = tokio::select! {
                () = stop.cancelled() => return,
                live = self.link.live() => live,
            };
            let Some(live) = live else { return };
            match self.subscribe(&live).await {
                Ok((channel, messages)) => {
                    if self.pump(&live, &channel, messages, &parking, &deliveries, &stop).await.is_none() {
                        return;
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, queue = %self.name, "the broker lets us consume nothing");
                    // The queue may be missing: a new connection declares it.
                    live.broken();
                }
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }

    async fn subscribe(&self, live: &Live) -> lapin::Result<(Channel, lapin::Consumer)> {
        let channel = live.connection().create_channel().await?;
        channel.basic_qos(self.prefetch, BasicQosOptions::default()).await?;
        let messages = channel
            .basic_consume(
                self.queue.as_str().into(),
                "".into(),
                BasicConsumeOptions::default(),
                FieldTable::default(),
            )
            .await?;
        Ok((channel, messages))
    }

    /// `None` when the consumer stops; otherwise the subscription ended and is made again.
    async fn pump(
        &self,
        live: &Arc<Live>,
        channel: &Channel,
        mut messages: lapin::Consumer,
        parking: &Arc<str>,
        deliveries: &mpsc::Sender<Delivery>,
        stop: &CancellationToken,
    ) -> Option<()> {
        loop {
            let message = tokio::select! {
                () = stop.cancelled() => None,
                () = live.ended() => return Some(()),
                message = messages.next() => match message {
                    Some(Ok(message)) => Some(message),
                    Some(Err(error)) => {
                        tracing::warn!(%error, queue = %self.name, "the subscription ended");
                        return Some(());
                    }
                    None => return Some(()),
                },
            };
            let Some(message) = message else {
                // The broker sends no more; what it had sent already goes back through the
                // consumer's close, or with the channel.
                if let Err(error) = channel.basic_cancel(messages.tag(), BasicCancelOptions::default()).await
                {
                    tracing::debug!(%error, "the subscription could not be cancelled");
                }
                while let Some(Ok(message)) = messages.next().await {
                    self.hand_on(message, live, channel, parking, deliveries).await;
                }
                return None;
            };
            self.hand_on(message, live, channel, parking, deliveries).await;
        }
    }

    async fn hand_on(
        &self,
        message: Message,
        live: &Arc<Live>,
        channel: &Channel,
        parking: &Arc<str>,
        deliveries: &mpsc::Sender<Delivery>,
    ) {
        let redeliveries = redeliveries(&message);
        let opened = envelope::open(&message.data, redeliveries, self.max_redeliveries);
        let id = message.properties.message_id().as_ref().map(ToString::to_string);
        let mut held = Held {
            acker: message.acker,
            id: id.unwrap_or_default(),
            body: message.data,
            parking: Arc::clone(parking),
            publishing: self.publishing.clone(),
            live: Arc::clone(live),
            channel: channel.clone(),
        };
        match opened {
            Ok(opened) => {
                held.id.clone_from(&opened.id);
                let held = AnyHeld::Rabbit(Box::new(held));
                let delivery = Delivery { id: opened.id, payload: opened.payload, redeliveries, held };
                // Fails when the consumer was dropped; the message returns with the channel.
                drop(deliveries.send(delivery).await);
            }
            Err(poison) => {
                tracing::error!(queue = %self.name, job = held.id, reason = %poison, "a job is set aside");
                if let Err(error) = held.park().await {
                    tracing::error!(%error, "a job could not be set aside and comes back");
                }
            }
        }
    }
}

/// Quorum queues count in a header, which is absent the first time.
fn redeliveries(message: &Message) -> u32 {
    let headers = message.properties.headers().as_ref();
    let count = headers.and_then(|headers| headers.inner().get("x-delivery-count"));
    let count = match count {
        Some(AMQPValue::LongLongInt(count)) => u32::try_from(*count).ok(),
        Some(AMQPValue::LongInt(count)) => u32::try_from(*count).ok(),
        Some(AMQPValue::LongUInt(count)) => Some(*count),
        Some(AMQPValue::ShortInt(count)) => u32::try_from(*count).ok(),
        Some(AMQPValue::ShortShortInt(count)) => u32::try_from(*count).ok(),
        _ => None,
    };
    count.unwrap_or(u32::from(message.redelivered))
}
