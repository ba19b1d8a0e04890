//! `[queue]`: what carries jobs from the edges to the workers.

use std::path::PathBuf;

use belfry_model::Secret;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::secret_file::read;
use crate::{Error, Result};

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct QueueSettings {
    /// `amqp://user:password@host:5672/vhost` (RabbitMQ 3.10 or later), or `embedded` for a
    /// queue in the same database.
    #[schemars(with = "String")]
    pub url: Secret,
    pub url_file: Option<PathBuf>,
    /// Put before the queues' names, so that two platforms can share a broker.
    pub prefix: String,
    /// Deliveries that one worker process holds at once, counted in inboxes: what may be sent
    /// twice when it is killed.
    pub prefetch: u16,
    /// Published messages that may await the broker's confirm at once.
    pub confirm_window: usize,
    /// Seconds to wait for the broker before a publish fails with an error.
    pub publish_timeout_seconds: u64,
    /// Times a job is handed out again before it is set aside as poison.
    pub max_redeliveries: u32,
    /// Seconds that a consumer of the embedded queue may hold a job before it is anybody's again.
    pub lease_seconds: u64,
}

impl Default for QueueSettings {
    fn default() -> Self {
        Self {
            url: Secret::new("embedded"),
            url_file: None,
            prefix: "belfry".into(),
            prefetch: 4000,
            confirm_window: 500,
            publish_timeout_seconds: 10,
            max_redeliveries: 20,
            lease_seconds: 120,
        }
    }
}

impl QueueSettings {
    pub(crate) fn read_secret_files(&mut self) -> Result<()> {
        if let Some(path) = &self.url_file {
            self.url = read("queue.url", path)?;
        }
        Ok(())
    }

    pub(crate) fn check(&self) -> Result<()> {
        let url = self.url.expose();
        if url == "embedded" || url.starts_with("amqp://") || url.starts_with("amqps://") {
            return Ok(());
        }
        Err(Error::Invalid {
            key: "queue.url",
            reason: "expected `amqp://…`, `amqps://…` or `embedded`".into(),
        })
    }

    pub fn is_embedded(&self) -> bool {
        self.url.expose() == "embedded"
    }
}
