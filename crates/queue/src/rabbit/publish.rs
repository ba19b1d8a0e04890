//! Publishing with a window of confirms.

use lapin::options::BasicPublishOptions;
use lapin::{BasicProperties, Channel, Confirmation};

use crate::envelope::Envelope;
use crate::{Error, Result};

/// Survives a restart of the broker.
const PERSISTENT: u8 = 2;

/// A message on its way, and whether the broker has it.
pub(crate) struct Message {
    id: String,
    body: Vec<u8>,
    confirmed: bool,
}

impl Message {
    pub(crate) fn new(envelope: &Envelope<'_>) -> Result<Self> {
        Ok(Self { id: envelope.id.clone(), body: envelope.bytes()?, confirmed: false })
    }

    /// One that is sent on as it came.
    pub(crate) fn raw(id: String, body: Vec<u8>) -> Self {
        Self { id, body, confirmed: false }
    }
}

/// Sends what is not confirmed yet. After an error the messages say which of them are, so that
/// the next attempt doubles as little as possible.
pub(crate) async fn publish(
    channel: &Channel,
    queue: &str,
    messages: &mut [Message],
    window: usize,
) -> Result<()> {
    for window in messages.chunks_mut(window) {
        let mut confirms = Vec::with_capacity(window.len());
        let mut failure = None;
        for message in window.iter_mut().filter(|message| !message.confirmed) {
            match send(channel, queue, message).await {
                Ok(confirm) => confirms.push((message, confirm)),
                Err(error) => {
                    failure = Some(Error::Broker(error));
                    break;
                }
            }
        }
        for (message, confirm) in confirms {
            match confirm.await {
                Ok(Confirmation::Ack(None)) => message.confirmed = true,
                // Unroutable: the queue was deleted. A new connection declares it again.
                Ok(Confirmation::Ack(Some(_)) | Confirmation::NotRequested) => {
                    failure = Some(Error::Unconfirmed);
                }
                Ok(Confirmation::Nack(_)) => failure = Some(Error::Refused),
                Err(error) => failure = Some(Error::Broker(error)),
            }
        }
        if let Some(failure) = failure {
            return Err(failure);
        }
    }
    Ok(())
}

async fn send(channel: &Channel, queue: &str, message: &Message) -> lapin::Result<lapin::PublisherConfirm> {
    let properties = BasicProperties::default()
        .with_content_type("application/json".into())
        .with_message_id(message.id.as_str().into())
        .with_delivery_mode(PERSISTENT);
    let options = BasicPublishOptions { mandatory: true, immediate: false };
    channel.basic_publish("".into(), queue.into(), options, &message.body, properties).await
}
